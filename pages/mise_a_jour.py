"""An analyst's file becomes the published figures, or is refused with the row and the reason."""

import streamlit as st

from territoires.ui import shell, update

with shell.open_page(__file__):
    st.title("Mise à jour", anchor=False)
    update.show_told()
    draft = update.show_file()
    if draft is not None:
        update.show_steps(draft)
    update.show_release()
    update.show_history()
