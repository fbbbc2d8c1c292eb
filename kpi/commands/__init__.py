"""The commands, one a module: python -m kpi …

terminal, choices       what every command prints, and what may be asked for
load, publish, ready    extracts in, a release out; ready and demo make the invented pack
figures, records        what a release says, and the list behind a figure
teams, benchmarks       the tables of data/reference brought up to date
check, preview          a definition before it is published
store                   backups of what people wrote, and whether it holds together
"""
