"""Reads who a lead is: 'Job title contains VP', 'Company size: 50-200', '1,000+ employees'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from lead_scoring.rules.importing.vocabulary import (
    ATTRIBUTES,
    EMAIL_KINDS,
    OPERATORS,
    SENIORITY,
    VAGUE,
    WHOLE_PHRASES,
)
from lead_scoring.rules.importing.wording import (
    NotPlaced,
    amount_of,
    days_in,
    number_text,
    plain,
    range_of,
)
from lead_scoring.rules.rule_set import RuleSet, is_true

COMPANY_SIZES = ("micro", "small", "medium", "large", "enterprise")
EMPLOYEES = re.compile(
    r"(?:compan(?:y|ies) (?:with |of |has )?)?"
    r"(?P<value>(?:(?:more than|less than|fewer than|over|under|at least|at most|up to|between) )?"
    r"[^a-z]*\d.*?) (?:employees|people|staff)(?P<more> or more| and more| or fewer)?"
)
HAS = re.compile(r"^(?:lead |contact |prospect )?(?:has|uses|with|is) (?:an? )?")
UPWARD = re.compile(r"(.+?)(?: (?:and|or) (?:above|higher|up)|\+)")
# In prose these say what a level is; in a column of operators they compare a text.
PROSE = (
    "", "is", ":", "=", "one of", "is one of", "is any of", "in", "equals", "are", "is not", "not",
    "isn't", "is none of",
)  # fmt: skip
CENT = Decimal("0.01")


@dataclass(frozen=True)
class AttributeWords:
    """A condition on an attribute of the lead, as a rule table holds it."""

    attribute: str
    operator: str
    value: str
    remark: str = ""


class AttributeReader:
    """Knows the attributes of leads of a rule set, by this package's words and by their own."""

    def __init__(self, rule_set: RuleSet) -> None:
        self._phrases: dict[str, str] = {}
        self._types: dict[str, str] = {}
        for row in rule_set.tables["attributes"]:
            if row["of"] != "lead":
                continue
            name = row["attribute"]
            self._types[name] = row["type"]
            known = ATTRIBUTES.get(name, ("", ()))[1]
            for phrase in (*known, name, name.replace("_", " "), plain(row["description"])):
                self._phrases.setdefault(phrase, name)

    def named(self, text: str) -> str | None:
        """Returns the attribute that a text names, None where it names none."""
        return self._phrases.get(plain(text))

    def read(self, text: str) -> AttributeWords | None:
        """Returns the condition that a text states, None where it speaks of no attribute.

        Raises NotPlaced where the attribute is known and something else is left open.
        """
        words = plain(text)
        whole = WHOLE_PHRASES.get(words) or WHOLE_PHRASES.get(HAS.sub("", words))
        if whole and whole[0] in self._types:
            return AttributeWords(*whole)
        employees = EMPLOYEES.fullmatch(words)
        if employees:
            value = employees["value"] + (employees["more"] or "")
            return self.condition("employee_count", "", value)
        for phrase in sorted(self._phrases, key=len, reverse=True):
            if words == phrase:
                raise NotPlaced(f"the list does not say which {phrase} gives the points")
            rest = words.removeprefix(phrase)
            if rest != words and not rest[0].isalnum():
                found = self._expression(phrase, rest.strip())
                if found:
                    return found
        levels = _seniorities(words)
        if levels:
            return _level(levels)
        return None

    def condition(
        self, attribute: str, operator: str, value: str, *, is_literal: bool = True
    ) -> AttributeWords:
        """Returns a condition on an attribute from an operator and a value in words.

        A blank operator is read off the value. is_literal: a title is compared as it is written;
        otherwise 'VP' is a level. Raises NotPlaced where there is no such condition.
        """
        known = plain(operator)
        if known and known not in OPERATORS:
            raise NotPlaced(f"the operator '{operator}' is not known here")
        code = OPERATORS[known] if known else ""
        if known and not code:
            raise NotPlaced(f"'{operator}' looks at the past of a value; only its present is known")
        if not code and not plain(value):
            raise NotPlaced("no value is given")
        if not code:
            code, value = _leading_operator(value)
        if code in ("is_empty", "is_not_empty"):
            return AttributeWords(attribute, code, "")
        if code == "not_contains":
            raise NotPlaced(f"there is no operator for '{operator}': list the values that count")
        special = self._special(attribute, code, value, is_literal=is_literal and bool(known))
        if special:
            return special
        if set(plain(value).split()) - VAGUE <= set(attribute.split("_")):
            raise NotPlaced(f"the list does not say which values are '{plain(value)}'")
        kind = self._types[attribute]
        if kind in ("number", "whole"):
            return _number(attribute, code, value, is_whole=kind == "whole")
        if kind == "flag":
            return _flag(attribute, code, value)
        if kind == "date":
            return _date(attribute, code, value)
        return _text(attribute, code, value)

    def _expression(self, phrase: str, rest: str) -> AttributeWords | None:
        operator = next(
            (
                known
                for known in sorted(OPERATORS, key=len, reverse=True)
                if rest == known
                or rest.startswith(f"{known} ")
                or (rest.startswith(known) and not known[0].isalpha())
            ),
            "",
        )
        value = rest[len(operator) :].strip()
        if not operator:
            # 'Industry - Banking', 'Size (50-200)', 'Employees 50-200'; but not 'Company with ...'.
            if rest[0].isalpha():
                return None
            value = value.strip("-() ")
        is_literal = operator not in PROSE
        return self.condition(self._phrases[phrase], operator, value, is_literal=is_literal)

    def _special(
        self, attribute: str, code: str, value: str, *, is_literal: bool
    ) -> AttributeWords | None:
        """Values that speak of a derived attribute: levels in a title, kinds of e-mail.

        is_literal: the operator is written, so one value of a title is compared as it is.
        """
        words = plain(value)
        if attribute in ("job_title", "seniority"):
            levels = _seniorities(words)
            is_compared = attribute == "job_title" and (
                code in ("contains", "has_word", "starts_with") or is_literal
            )
            if levels and (not is_compared or (code == "contains" and len(_parts(words)) > 1)):
                return _level(levels, is_negative=code == "not_equals")
            if attribute == "seniority":
                raise NotPlaced(f"'{value}' is no level of seniority: {', '.join(SENIORITY)}")
        if attribute == "employee_count" and words in COMPANY_SIZES and code == "equals":
            return AttributeWords("company_size", "equals", words)
        if attribute in ("email_domain", "email_type"):
            kind = EMAIL_KINDS.get(words.split(" ")[0])
            if kind and code == "equals":
                return AttributeWords("email_type", "equals", kind)
        return None


def family_of_attribute(attribute: str) -> str:
    """Returns the family of evidence that an attribute belongs to."""
    derived = {"company_size": "employee_count", "seniority": "job_title"}
    return ATTRIBUTES.get(derived.get(attribute, attribute), ("firmographic", ()))[0]


def _leading_operator(value: str) -> tuple[str, str]:
    words = plain(value)
    for known in sorted(OPERATORS, key=len, reverse=True):
        if OPERATORS[known] and (
            words == known
            or words.startswith(f"{known} ")
            or (words.startswith(known) and not known[0].isalpha())
        ):
            return OPERATORS[known], words[len(known) :].strip()
    return "equals", value


def _seniorities(words: str) -> list[str]:
    """The levels that a text consists of ('vp or director', 'manager+'); [] for other texts."""
    upward = UPWARD.fullmatch(words)
    levels = []
    for part in _parts(upward[1] if upward else words):
        part = re.sub(r"^an? ", "", part)
        spellings = {part, part.removesuffix("s"), re.sub(r"[ -]level$", "", part)}
        found = [level for level, names in SENIORITY.items() if spellings.intersection(names)]
        if not found:
            return []
        levels += found
    if upward and len(levels) == 1:
        every = list(SENIORITY)
        return every[: every.index(levels[0]) + 1]
    return [] if upward else levels


def _level(levels: list[str], *, is_negative: bool = False) -> AttributeWords:
    operator = (
        ("not_in" if len(levels) > 1 else "not_equals")
        if is_negative
        else ("in" if len(levels) > 1 else "equals")
    )
    return AttributeWords(
        "seniority", operator, "|".join(levels), "seniority is read off the title by title_keywords"
    )


def _parts(value: str) -> list[str]:
    """Several values in one cell: separated by commas, semicolons, bars, slashes or 'or'."""
    parts = re.split(r"\s*[,;|/]\s*(?:or )?|\s+or\s+", value)
    return [part.strip().strip("\"'") for part in parts if part.strip().strip("\"'")]


def _text(attribute: str, code: str, value: str) -> AttributeWords:
    parts = _parts(value)
    if not parts:
        raise NotPlaced("no value is given")
    if code in ("equals", "not_equals"):
        if len(parts) > 1:
            return AttributeWords(attribute, {"equals": "in"}.get(code, "not_in"), "|".join(parts))
        return AttributeWords(attribute, code, parts[0])
    if code not in ("contains", "has_word", "starts_with", "ends_with"):
        raise NotPlaced(f"{attribute} is a text, and texts are not more or less than '{value}'")
    if len(parts) > 1:
        raise NotPlaced(f"'{code}' takes one value: write one row for each of {', '.join(parts)}")
    return AttributeWords(attribute, code, parts[0])


def _number(attribute: str, code: str, value: str, *, is_whole: bool) -> AttributeWords:
    words = re.sub(r" (?:employees|people|staff)$", "", plain(value))
    ends = range_of(words)
    amounts = ends or (amount_of(words),)
    if is_whole and any(amount and amount % 1 for amount in amounts):
        raise NotPlaced(f"'{value}' is not whole, and {attribute} is")
    if ends and code in ("equals", "between"):
        return AttributeWords(attribute, "between", "..".join(map(number_text, ends)))
    if code == "equals":
        more = re.fullmatch(r"(.+?)(?: ?\+| (?:or|and) (?:more|above|greater|over))", words)
        fewer = re.fullmatch(r"(.+?) (?:or|and) (?:fewer|less|below|under)", words)
        code = "gte" if more else "lte" if fewer else code
        words = (more or fewer or [words, words])[1]
    amount = amount_of(words)
    if amount is None or code not in ("equals", "not_equals", "gte", "lte", "gt", "lt"):
        raise NotPlaced(f"'{value}' is no number or range that can be compared with {attribute}")
    if code in ("gt", "lt"):
        # There is no strict operator: employees are whole, money has cents.
        step = Decimal(1) if is_whole else CENT
        amount += step if code == "gt" else -step
        code = {"gt": "gte", "lt": "lte"}[code]
        return AttributeWords(
            attribute, code, number_text(amount), "named by the next number that counts"
        )
    return AttributeWords(attribute, code, number_text(amount))


def _flag(attribute: str, code: str, value: str) -> AttributeWords:
    words = plain(value)
    if code not in ("equals", "not_equals") or words not in ("true", "false", "yes", "no"):
        raise NotPlaced(f"'{value}' is neither yes nor no, and {attribute} is one of them")
    return AttributeWords(attribute, code, "true" if is_true(words) else "false")


def _date(attribute: str, code: str, value: str) -> AttributeWords:
    days = days_in(value)
    if code in ("within_last_days", "within_next_days") and days:
        return AttributeWords(attribute, code, str(days))
    if code in ("equals", "gte", "lte") and re.fullmatch(r"\d{4}-\d\d-\d\d", plain(value)):
        return AttributeWords(attribute, code, plain(value))
    raise NotPlaced(f"'{value}' cannot be compared with a date: write it as 2026-01-31")
