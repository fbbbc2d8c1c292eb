"""From a month's extracts to a page of indicators.

Read the modules in this order; each imports only from those above it.

    errors, words, settings      what went wrong; how values are said; where things lie
    disk                         waiting until what was written is on it
    access                       who is asking, and what they may do
    reference, plain             tables that people keep in a spreadsheet; facts as JSON
    formatting                   paragraphs, lists, bold and links of a narrative
    portable                     the SQL that means the same on every engine
    calendar, organisation       working days and months; teams and service areas
    catalogue, basis             the indicators, and over which months they are read
    targets, expectations        what they should reach, and what is off target as expected
    assignments                  who writes about which figure, and by when
    benchmarks, rates            what others have published; counts per 10,000 children
    lake, store                  extracts at rest; narratives and the access log at rest
    ledger                       what became of every row of an extract
    files, spreadsheets          CSV, Parquet and workbooks, read as text
    relations, annex_a, ssd      files and sheets as they were read, and what each is
    sources                      where an extract comes from, and what that can carry
    checks, trials, extracts     a month's extract typed, checked and kept
    measures, coverage           counting, and which months can be counted
    cases, proofs                the worked cases, and whether each is counted as it expects
    releases                     what has been published
    assembly, publishing         making a release, and putting it in its place
    judgement                    what a value means
    narrative, drafts, revisions what is said about it, while it is typed and once it is saved
    promises, signoff            what was promised; how a narrative is submitted and approved
    points                       one figure: summed, divided, judged and said
    access_log, records          the lists behind figures, opened only with the right to
    cards, figures               everything about one indicator, worked out once; its figure to keep
    proofing                     advice to an author on a text: a package that says its own order
    first_sentence               a card in the words that a narrative may begin with
    promise_ledger, promise_list what came of every promise; which are shown, in which words
    evidence                     what a narrative is held against
    needs, rounds                what must be written about a month, and how far it has come
    worklist, redline            a round as somebody takes it up; what changed between two versions
    quality, improvement         how good the narratives of some months were; whether they improve
    scorecard, workbook          every indicator on a line of its own, and the files of it
    matrix, definitions          every indicator in each part of the service; what each means
    charts, markup               pictures and HTML drawn from cards
    widgets                      the pieces of a page; the only part that knows Streamlit
    preview, inspection          a definition before it is published; all that is wrong with any
    demo                         the invented data pack, a package that says its own order
    demonstration                its year of narratives, written as anybody writes them
    commands                     python -m kpi …, one a module
"""
