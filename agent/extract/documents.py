"""Documents of every kind to an `Extracted`: HTML, plain text, Markdown, PDF, mail."""

from __future__ import annotations

import email
import email.policy
import re
from datetime import timedelta
from email.message import EmailMessage
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from agent.extract.charset import decode, garbled
from agent.extract.dates import Moment, parse_moment
from agent.extract.page import KEPT, canonical, extract_page, unread
from agent.extract.problems import Page, is_short, judge
from agent.extract.suspicions import suspicions
from agent.extract.text import clean_line, clean_paragraphs, cut
from agent.language.detect import detect
from agent.model import Extracted, Fetched

_PDF_PAGES = 200
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|article|meta|div)\b", re.I)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.S)
_FIELD = re.compile(r"^(title|date|published|author|publisher|source|site)\s*:\s*(.+?)\s*$", re.I | re.M)
_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])")


def extract_document(page: Fetched, timezone: str) -> Extracted:
    """Read a document by its content type, its name and its first bytes; what is none of the kinds is `not_text`."""
    kind = _kind(page)
    if kind == "html":
        return extract_page(page, timezone)
    if kind == "pdf":
        return _pdf(page, timezone)
    if kind == "mail":
        return _mail(page, timezone)
    if kind in ("text", "markdown"):
        return _text(page, timezone, markdown=kind == "markdown")
    return unread(page, "not_text")


def _kind(page: Fetched) -> str:
    """Name the kind of a document; servers mislabel, so the first bytes of a PDF or an HTML page decide."""
    head = page.body[:2048].lstrip(b"\xef\xbb\xbf \r\n\t")
    declared = page.content_type.split(";")[0].strip().lower()
    suffix = PurePosixPath(urlsplit(page.final_url).path).suffix.lower()
    if head.startswith(b"%PDF-"):
        return "pdf"
    if declared == "message/rfc822" or suffix == ".eml":
        return "mail"
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF", b"\x1f\x8b", b"\x00\x00\x00")):
        return "other"
    if re.match(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg)\b", head, re.S):
        return "other"
    if declared == "text/markdown" or suffix in (".md", ".markdown"):
        return "markdown"
    if declared == "text/plain" or (suffix in (".txt", ".text") and "html" not in declared):
        return "html" if _HTML.match(head) else "text"
    if "html" in declared or suffix in (".html", ".htm", ".xhtml") or _HTML.search(head):
        return "html"
    if declared in ("", "application/octet-stream") and b"\0" not in head:
        return "html" if b"<" in head[:1] else "text"
    return "text" if declared.startswith("text/") else "other"


def _made(
    page: Fetched, text: str, *, title: str, moment: Moment | None, raw: str, author: str = "", sitename: str = ""
) -> Extracted:
    """Put together what was read, judged as a page would be."""
    title = clean_line(title)[:300]
    text = cut(clean_paragraphs(text), KEPT)
    if moment and moment.at > page.fetched_at + timedelta(days=2):
        moment = None
    return Extracted(
        url=page.url,
        canonical_url=canonical(page.final_url),
        title=title,
        text=text,
        language=detect(f"{title}\n{text}"),
        published=moment.at if moment else None,
        published_precision=moment.precision if moment else "time",
        sitename=clean_line(sitename),
        author=clean_line(author)[:120],
        problem=judge(Page(title, text, text)),
        suspicions=suspicions(f"{title}\n{text}", (), raw),
    )


def _text(page: Fetched, timezone: str, *, markdown: bool) -> Extracted:
    """Read plain text or Markdown: front matter is honoured, else the first line is the title."""
    raw, trusted = decode(page.body, page.content_type)
    if not trusted or garbled(raw):
        return unread(page, "undecodable")
    raw = raw.replace("\r\n", "\n").lstrip("\ufeff")
    front = _FRONT.match(raw)
    fields = {match[1].lower(): match[2].strip("\"'") for match in _FIELD.finditer(front[1])} if front else {}
    body = raw[front.end() :] if front else raw
    if markdown:
        body = _plain(body)
    first, _, rest = body.strip().partition("\n")
    title = fields.get("title", "")
    if not title and len(first) <= 150 and not first.rstrip().endswith(("。", ".")) and rest.strip():
        title, body = first, rest
    elif title and clean_line(first) == clean_line(title):
        body = rest
    written = fields.get("date") or fields.get("published") or ""
    moment = parse_moment(written, timezone) if written else _early_date(body, timezone)
    return _made(page, _unwrapped(body), title=title, moment=moment, raw=raw, author=fields.get("author", ""),
                 sitename=fields.get("publisher") or fields.get("source") or fields.get("site") or "")  # fmt: skip


def _early_date(text: str, timezone: str) -> Moment | None:
    """Return the date of a line of its own among the first five."""
    lines = [line for line in text.strip().split("\n") if line.strip()][:5]
    return next((moment for line in lines if len(line) < 60 and (moment := parse_moment(line, timezone))), None)


def _plain(text: str) -> str:
    """Take Markdown's marks off: headings, emphasis, links (their words stay), images, code fences, HTML comments."""
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)|^\s*\[[^\]]+\]:\s+\S+.*$|^\s*(?:```|~~~).*$", "", text, flags=re.M)
    text = re.sub(r"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])", r"\1", text)
    text = re.sub(r"^\s{0,3}#{1,6}\s+|^\s{0,3}>\s?|\s+#+\s*$|^\s*(?:[-*_]\s*){3,}$", "", text, flags=re.M)
    return re.sub(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1", r"\2", text)


def _unwrapped(text: str) -> str:
    """Join lines that were wrapped at a fixed width: paragraphs of the source are separated by empty lines."""
    if "\n\n" not in text.strip():
        return text
    paragraphs = re.split(r"\n\s*\n", text)
    return "\n".join(each if re.search(r"^\s*(?:[-*]|\d+\.) ", each, re.M) else _joined(each) for each in paragraphs)


def _joined(paragraph: str) -> str:
    """Join the lines of a paragraph: with a space, but without one between CJK characters."""
    return re.sub(r"\s*\n\s*", " ", re.sub(r"(?<=[^\x00-\u2fff])[ ]*\n[ ]*(?=[^\x00-\u2fff])", "", paragraph))


def _pdf(page: Fetched, timezone: str) -> Extracted:
    """Read the first 200 pages of a PDF with pypdf; attachments are not opened, a locked file is `not_text`."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(page.body))
        if reader.is_encrypted and not reader.decrypt(""):
            return unread(page, "not_text")
        pages = [reader.pages[number].extract_text() for number in range(min(len(reader.pages), _PDF_PAGES))]
        data = reader.metadata
    except (PyPdfError, ValueError, KeyError, NotImplementedError, RecursionError):
        return unread(page, "parser_failed")
    text = "\n".join(_HYPHEN.sub("", each) for each in pages)
    lines = [clean_line(line) for line in text.split("\n") if line.strip()]
    title = str(data.title or "") if data else ""
    if not title or re.search(r"\.(?:docx?|pdf|pptx?|tex)$|^untitled|^microsoft word", title, re.I):
        title = lines[0][:200] if lines else ""
    made = data.creation_date if data and data.creation_date_raw else None
    moment = _early_date("\n".join(lines[:5]), timezone) or (
        Moment(made, "time") if made is not None and made.tzinfo else None
    )
    if is_short(text) and not text.strip():
        return unread(page, "not_text")
    return _made(page, text, title=title, moment=moment, raw=text, author=str(data.author or "") if data else "")


def _mail(page: Fetched, timezone: str) -> Extracted:
    """Read a mail: its subject, date, sender, and its HTML or text part."""
    message = email.message_from_bytes(page.body, policy=email.policy.default)
    part = message.get_body(preferencelist=("html", "plain")) if isinstance(message, EmailMessage) else None
    if part is None:
        return unread(page, "not_text")
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    content_type = f"{part.get_content_type()}; charset={part.get_content_charset('')}"
    inner = page.model_copy(update={"body": content, "content_type": content_type})
    html = part.get_content_type() == "text/html"
    read = extract_page(inner, timezone) if html else _text(inner, timezone, markdown=False)
    subject, sender = clean_line(str(message["subject"] or "")), clean_line(str(message["from"] or ""))
    moment = parse_moment(str(message["date"] or ""), timezone)
    return read.model_copy(
        update={
            "title": subject or read.title,
            "author": re.sub(r"\s*<[^>]*>", "", sender).strip('" '),
            "published": moment.at if moment else read.published,
            "published_precision": moment.precision if moment else read.published_precision,
            "canonical_url": canonical(page.final_url),
        }
    )
