"""temporary"""
from templates.edition import Edition
def markdown(issue: Edition) -> str:
    return ""
