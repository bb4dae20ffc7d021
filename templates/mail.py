"""A report as an e-mail file: the whole of it as text, and a styled page without pictures, script or remote parts."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from templates.edition import Edition
from templates.plain import plain_text
from templates.theme import Theme


def mail(issue: Edition, theme: Theme) -> bytes:
    """Return a multipart/alternative message (.eml) without sender and receiver, to open in a mail program and send."""
    report = issue.report
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(f"{issue.headline} {report.week.iso}".split())
    message["Date"] = format_datetime(issue.written)
    # Mail programs open a message with this mark as a draft.
    message["X-Unsent"] = "1"
    message["Content-Language"] = report.language.split("-")[0] if not report.language.isascii() else report.language
    message.set_content(plain_text(issue), cte="base64")
    html = theme.fill("mail.html.j2", ed=issue, r=report, w=issue.words, accent=issue.accent[0])
    message.add_alternative(html, subtype="html", cte="base64")
    message.set_boundary(f"=_shuho_{report.week.iso}")
    return message.as_bytes()
