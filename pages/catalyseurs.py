"""In preparation."""

import streamlit as st

from territoires.ui import shell

with shell.open_page(__file__):
    st.title("Catalyseurs", anchor=False)
