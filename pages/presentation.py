"""A story on a stage: played full screen when the link holds one, else prepared here."""

import streamlit as st

from territoires.ui import presentation, shell, story_builder

if presentation.is_playing():
    with shell.open_stage("Présentation"):
        presentation.show_stage()
else:
    with shell.open_page(__file__) as selection:
        st.title("Présentation", anchor=False)
        story_builder.show_builder(selection)
