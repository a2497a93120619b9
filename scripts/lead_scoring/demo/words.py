"""The vocabulary of the demo: names, companies, titles, pages. All of it is invented.

Companies live under the reserved ending .example. Free and disposable mail domains are real.
"""

from __future__ import annotations

from typing import NamedTuple


def _split(text: str) -> list[str]:
    return text.split()


def _with_mail_form(names: str) -> list[tuple[str, str]]:
    return [(name, name.lower()) for name in _split(names)]


# Each name with its form in an e-mail address.
FIRST_NAMES = [
    *_with_mail_form(
        """
        Ada Aisha Alan Alice Amara Anders Anita Anna Arjun Astrid Bao Beatriz Ben Bruno Carla
        Carlos Chen Chloe Clara Daniel Daria David Diego Dmitri Elena Elias Ella Emil Emma Eva
        Fatima Felix Fiona Frida Gabriel Grace Hana Hanna Hugo Ida Ines Ingrid Isabel Ivan Jack
        Jana Jasper Joana Jonas Julia Kaito Karin Kofi Lara Laura Leila Lena Leo Lina Linda Louis
        Luca Lucia Maja Marco Maria Marta Mateo Max Mei Mia Milan Mira Mohamed Nadia Naomi Nils
        Nina Noah Nora Olga Oliver Omar Oscar Paula Pavel Pedro Priya Rafael Rahul Rosa Ruth Sam
        Sara Sofia Stefan Tara Theo Thomas Tom Uma Vera Victor Wei Yara Yuki Zoe
        """
    ),
    ("Jürgen", "juergen"),
    ("Søren", "soren"),
    ("Zoë", "zoe"),
    ("José", "jose"),
    ("Élodie", "elodie"),
]
LAST_NAMES = [
    *_with_mail_form(
        """
        Abbott Adeyemi Almeida Andersson Araujo Bakker Banerjee Barros Bauer Becker Bennett Berg
        Bergman Bianchi Blanc Bonnet Brandt Carter Castillo Chandra Chang Clark Conti Costa Cruz
        Dahl Diaz Dubois Eklund Evans Farouk Fischer Fontaine Foster Fuentes Garnier Gomez Gruber
        Haas Hansen Hartmann Hayashi Holm Huang Ibrahim Ito Jansen Jensen Kaur Keller Khan Kim
        Klein Kovacs Kowalski Kumar Lambert Larsen Lindgren Lopez Marino Mayer Mendes Moreau
        Morris Mwangi Nakamura Novak Okafor Olsen Ortega Park Patel Peeters Pereira Perez Petrov
        Popescu Ramos Reyes Ricci Rossi Roux Russo Santos Sato Schmid Schulz Sharma Silva Singh
        Smit Suzuki Tanaka Torres Vogel Walsh Weber Wong Yamada Young Zhang
        """
    ),
    ("Müller", "mueller"),
    ("Nuñez", "nunez"),
    ("O'Brien", "obrien"),
    ("Åkesson", "akesson"),
    ("McDonald", "mcdonald"),
    ("van der Berg", "vanderberg"),
]
SPAM_NAMES = [
    ("asdf", "Qwer"),
    ("Asdfgh", "hjkl"),
    ("aaaa", "xxxx"),
    ("zxcv", "bnm"),
    ("jOHN", "dOE"),
    ("JoHnNy", "SmITh"),
    ("user4711", "x"),
    ("Test1234", "Test"),
    ("aNNa", "k1"),
    ("Zxcvb", "Uiop"),
]

COMPANY_STEMS = _split(
    """
    Alder Amber Anchor Arden Ash Aspen Autumn Barley Basalt Beacon Birch Bluefield Bramble
    Bright Brook Canyon Cedar Chalk Cinder Clear Clover Cobalt Copper Coral Crane Delta Dune
    Ember Fern Field Flint Fox Garnet Glen Granite Harbour Hazel Heather Heron High Hollow
    Indigo Iron Ivory Juniper Lake Lark Laurel Linden Lumen Maple Marble Meadow Mill Mistral
    Moss North Oak Ochre Olive Opal Otter Pebble Pine Quartz Raven Reed Ridge River Rowan
    Saffron Sage Salt Sand Silver Slate Spruce Stone Summit Sun Thistle Timber Umber Vale
    Velvet Violet Walnut West Willow Winter Wren Yarrow
    """
)
COMPANY_NOUNS = _split(
    """
    Foundry Works Mills Logistics Systems Health Retail Telecom Insurance Capital Freight
    Motors Optics Software Textiles Pharma Energy Robotics Foods Stores Networks Labs Partners
    Media Studios Supply Tools Instruments Analytics Clinics
    """
)

# Industry and its share. The first eight are those that the default rules look for.
INDUSTRIES = [
    ("software", 0.15), ("financial services", 0.10), ("insurance", 0.06), ("manufacturing", 0.13),
    ("logistics", 0.08), ("retail", 0.10), ("healthcare", 0.08), ("telecommunications", 0.05),
    ("education", 0.06), ("staffing", 0.04), ("media", 0.05), ("hospitality", 0.04),
    ("construction", 0.04), ("agriculture", 0.02),
]  # fmt: skip
TARGET_INDUSTRIES = 8


class Country(NamedTuple):
    """A country: its code and name, the region and a city, the share of companies, and whether
    it is a core market."""

    code: str
    name: str
    region: str
    city: str
    share: float
    is_core: bool


COUNTRIES = [
    Country("US", "United States", "americas", "Denver", 0.28, True),
    Country("GB", "United Kingdom", "emea", "Leeds", 0.12, True),
    Country("DE", "Germany", "emea", "Hamburg", 0.13, True),
    Country("FR", "France", "emea", "Lyon", 0.08, True),
    Country("NL", "Netherlands", "emea", "Utrecht", 0.06, True),
    Country("CA", "Canada", "americas", "Toronto", 0.06, True),
    Country("SE", "Sweden", "emea", "Malmö", 0.03, True),
    Country("ES", "Spain", "emea", "Valencia", 0.05, False),
    Country("BR", "Brazil", "americas", "Curitiba", 0.05, False),
    Country("IN", "India", "apac", "Pune", 0.06, False),
    Country("JP", "Japan", "apac", "Osaka", 0.04, False),
    Country("ZA", "South Africa", "emea", "Durban", 0.03, False),
    Country("CU", "Cuba", "americas", "Havana", 0.003, False),
]


class Title(NamedTuple):
    """A job title, its weight in small, mid-size and large companies, and how much a person with
    it matters to a purchase (0 to 1)."""

    title: str
    small: float
    mid: float
    large: float
    matters: float


TITLES = [
    Title("CEO", 4, 1, 0.2, 1.0),
    Title("Founder", 4, 0.3, 0, 1.0),
    Title("Geschäftsführer", 1.5, 0.5, 0, 1.0),
    Title("Managing Director", 1.5, 0.7, 0.2, 1.0),
    Title("CTO", 2, 1.5, 0.5, 1.0),
    Title("CIO", 0.2, 1, 1, 1.0),
    Title("Chief Data Officer", 0, 0.5, 1, 1.0),
    Title("CFO", 0.6, 0.8, 0.4, 0.8),
    Title("VP of Engineering", 0.2, 1.2, 1.5, 0.9),
    Title("VP Data & Analytics", 0, 0.8, 1.5, 1.0),
    Title("Vice President, Operations", 0, 0.5, 1, 0.8),
    Title("Assistant to the VP", 0, 0.3, 0.6, 0.1),
    Title("Head of Data", 0.8, 2, 2, 1.0),
    Title("Head of IT", 0.5, 1.5, 1.2, 0.9),
    Title("Director of Business Intelligence", 0, 1, 2, 0.9),
    Title("Director of Procurement", 0, 0.5, 1.2, 0.7),
    Title("IT-Leiter", 0.3, 1, 0.8, 0.9),
    Title("Directrice des données", 0.1, 0.4, 0.5, 0.9),
    Title("Data Engineering Manager", 0.5, 1.5, 2, 0.7),
    Title("IT Manager", 1, 1.5, 1.5, 0.6),
    Title("Marketing Manager", 1.5, 1.5, 1, 0.4),
    Title("Operations Manager", 1.5, 1, 1, 0.5),
    Title("Finance Manager", 0.7, 0.7, 0.8, 0.5),
    Title("Project Manager", 0.6, 1, 1.5, 0.3),
    Title("Data Engineer", 1, 2, 3, 0.4),
    Title("Data Analyst", 1, 2, 3, 0.4),
    Title("Software Engineer", 1.2, 1.5, 2, 0.3),
    Title("Systems Administrator", 0.8, 1, 1.2, 0.3),
    Title("Buyer", 0.2, 0.4, 0.8, 0.4),
    Title("Sales Representative", 1.2, 0.8, 0.8, 0.2),
    Title("Account Executive", 0.5, 0.6, 0.6, 0.1),
    Title("Office Assistant", 0.8, 0.5, 0.4, 0.1),
    Title("Consultant", 1.2, 0.6, 0.6, 0.2),
    Title("Junior Analyst", 0.5, 0.6, 0.8, 0.1),
]
STUDENT_TITLES = [
    "Student",
    "Working student",
    "Intern",
    "PhD Student",
    "Praktikantin",
    "Marketing Intern",
]
SCHOOL_DOMAINS = ["lindental-university.example", "harbour-college.example"]
RIVALS = [
    ("Rivalsuite", "rivalsuite.example"),
    ("Otherscore", "otherscore.example"),
    ("Pipehero", "pipehero.example"),
]
FREE_MAIL = [
    "gmail.com",
    "outlook.com",
    "yahoo.com",
    "gmx.de",
    "icloud.com",
    "hotmail.com",
    "proton.me",
]
DISPOSABLE_MAIL = ["mailinator.com", "guerrillamail.com", "yopmail.com", "10minutemail.com"]

WAREHOUSES = ["Snowflake", "BigQuery", "Databricks", "Redshift", "PostgreSQL"]
CRMS = ["Salesforce", "HubSpot", "Pipedrive"]
OTHER_TOOLS = ["Rivalsuite", "Excel", "SAP", "Oracle", "Zendesk"]
PRODUCTS = ["platform", "connectors", "quality monitor"]
LEAD_SOURCES = [
    "website",
    "paid_search",
    "webinar",
    "trade_fair",
    "social",
    "referral",
    "partner",
    "purchased_list",
]

LOST_REASONS = ["price", "no budget", "chose a competitor", "bad timing", "no decision"]
REJECTED_REASONS = ["unreachable", "not a fit", "too early", "no need"]
