"""The front door: who is looking, at which part of the service and which month, and the pages."""

import streamlit as st

from kpi import widgets

if __name__ == "__main__":  # somebody's visit
    # An icon by its Material name would be fetched from another host by every reader's browser.
    st.set_page_config(page_title="Starting Well performance", page_icon="📈", layout="wide")
    widgets.recall_address()
    page = st.navigation(
        [
            st.Page("pages/overview/at_a_glance.py", title="At a glance", default=True),
            st.Page("pages/overview/scorecard.py", title="Scorecard", url_path="scorecard"),
            st.Page(
                "pages/overview/service_areas.py", title="Service areas", url_path="service-areas"
            ),
            st.Page("pages/indicator/indicator.py", title="Indicator", url_path="indicator"),
            st.Page("pages/narrative/write.py", title="Write", url_path="write"),
            st.Page("pages/narrative/review.py", title="Review", url_path="review"),
            st.Page("pages/oversight/promises.py", title="Promises", url_path="promises"),
            st.Page(
                "pages/oversight/narrative_quality.py",
                title="Narrative quality",
                url_path="narrative-quality",
            ),
            st.Page("pages/about/definitions.py", title="Definitions", url_path="definitions"),
        ],
        position="top",
    )
    widgets.front_door()
    page.run()
else:  # the server, once, before anybody comes: `streamlit run` looks for an App in this file
    widgets.open_up()
    app = st.App(__file__)
