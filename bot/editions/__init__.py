"""The base in use: its reload, and what is looked up in it beside answers, as proposals, lists and names typed."""
