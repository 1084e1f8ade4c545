"""What files of human resources may tell: the fields of each kind, the names columns have for them, what is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import ImportKind
from people.texts import plain


@dataclass(frozen=True, slots=True)
class Field:
    """A field in words, and what its column may be called; accents, case and punctuation do not matter."""

    label: object
    aliases: tuple[str, ...]


FIELDS: Mapping[str, Field] = {
    "number": Field(_("number"), (
        "matricule", "number", "numero", "no", "n", "employee number", "employee id", "id salarie", "numero salarie",
        "numero de matricule", "matricule rh", "personnel number", "staff number", "matricule paie", "id",
        "matricule salarie", "matricule du salarie", "numero d employe", "numero employe", "no employe",
        "no d employe", "code salarie", "id employe", "associate id", "worker id", "file number", "person number",
        "pers no", "pers nr", "personalnummer", "personalnr", "mitarbeiternummer", "personeelsnummer",
        "registration references", "psa salarie", "sap id")),
    "last_name": Field(_("last name"), (
        "nom", "last name", "surname", "family name", "nom de famille", "nom usuel", "nom d usage", "nom usage",
        "legal name last name", "legal last name", "nachname", "familienname", "achternaam", "familienaam",
        "psa libelle")),
    "first_name": Field(_("first name"), ("prenom", "first name", "given name", "prenom usuel", "forename",
        "legal name first name", "legal first name", "preferred first name", "vorname", "voornaam", "psa prenom")),
    "full_name": Field(_("full name"), (
        "nom prenom", "nom et prenom", "nom complet", "full name", "name", "collaborateur", "salarie", "agent",
        "employee", "person", "personne", "prenom nom", "prenom et nom",
        "worker", "employee name", "mitarbeiter", "mitarbeiterin", "naam", "medewerker", "nom du salarie",
        "nom et prenom du salarie")),
    "email": Field(_("mail address"), (
        "courriel", "email", "e mail", "mail", "adresse mail", "adresse e mail", "adresse electronique", "mel",
        "email professionnel", "mail professionnel", "courriel professionnel", "email address", "work email",
        "adresse email", "mail pro", "email pro", "work address", "adresse professionnelle",
        "work e mail", "email primary work", "primary work email", "business email", "company email",
        "e mail professionnel", "e mail adresse", "e mailadres", "geschaftliche e mail", "courriel au travail")),
    "entity": Field(_("entity"), (
        "entite", "entity", "societe", "company", "filiale", "entreprise", "raison sociale", "legal entity",
        "legal company", "unternehmen", "firma", "bedrijf", "buchungskreis")),
    "site": Field(_("site"), (
        "site", "etablissement", "lieu de travail", "lieu", "location", "workplace", "site de rattachement", "office",
        "work location", "location name", "standort", "arbeitsort", "dienstort", "werkplaats", "vestiging",
        "psa etablissement")),
    "job": Field(_("activity code"), (
        "code emploi", "code metier", "job code", "code fonction", "metier", "job", "activity", "code activite",
        "activite")),
    "job_title": Field(_("job title"), (
        "emploi", "fonction", "poste", "intitule", "intitule du poste", "intitule de poste", "job title", "title",
        "position", "post", "libelle emploi", "libelle poste", "libelle fonction", "intitule emploi",
        "business title", "stelle", "stellenbezeichnung", "functie", "titre de poste", "titre du poste")),
    "hired_on": Field(_("hired on"), (
        "date d entree", "date entree", "hired on", "hire date", "date d embauche", "date embauche", "start date",
        "date d arrivee", "entree", "embauche", "date d anciennete", "date anciennete", "seniority date",
        "original hire date", "latest hire date", "entry date", "entry", "eintritt", "eintrittsdatum",
        "datum in dienst", "indiensttreding", "psa dateentree", "date de debut d emploi")),
    "in_post_since": Field(_("in post since"), (
        "en poste depuis", "in post since", "date de prise de poste", "date prise de poste", "prise de poste",
        "position since", "date d entree dans le poste")),
    "language": Field(_("language"), ("langue", "language", "lang",
        "sprache", "taal", "korrespondenzsprache")),
    "team": Field(_("team"), (
        "equipe", "team", "service", "unite", "department", "departement", "unite organisationnelle", "pole",
        "direction", "org unit", "nom de l equipe",
        "org unit name", "supervisory organization", "home department", "abteilung", "organisationseinheit",
        "afdeling", "dienst", "equipe de travail")),
    "team_since": Field(_("in the team since"), (
        "dans l equipe depuis", "team since", "in the team since", "date d affectation", "date affectation",
        "affectation")),
    "manager": Field(_("manager"), (
        "manager", "responsable", "superieur", "n 1", "superieur hierarchique", "responsable hierarchique", "chef",
        "matricule manager", "matricule responsable", "manager number", "manager id", "matricule n 1", "line manager",
        "email manager", "mail manager", "manager email", "encadrant",
        "supervisor", "reports to", "n 1 nom prenom", "vorgesetzter", "vorgesetzte", "fuhrungskraft",
        "leidinggevende", "gestionnaire", "superviseur", "nom du manager", "nom du responsable")),
    "deputy": Field(_("deputy"), ("adjoint", "deputy", "suppleant", "remplacant", "matricule adjoint")),
    "contract_start": Field(_("contract from"), (
        "debut de contrat", "debut contrat", "date de debut", "date debut", "contract start", "start", "debut", "du",
        "date debut contrat", "first day",
        "premier jour", "date de debut de contrat", "contract from", "from", "date d effet", "date effet",
        "vertragsbeginn", "begin contract", "contractbegin")),
    "contract_end": Field(_("contract until"), (
        "fin de contrat", "fin contrat", "date de fin", "date fin", "contract end", "end", "fin", "au", "echeance",
        "date fin contrat", "last day",
        "dernier jour", "date de fin de contrat", "contract until", "until", "terme",
        "vertragsende", "befristet bis", "einde contract", "contracteinde")),
    "status": Field(_("kind of contract"), (
        "statut", "status", "type de contrat", "type contrat", "contrat", "contract", "contract type",
        "nature du contrat", "nature contrat", "kind of contract", "employment type",
        "vertragsart", "contracttype", "soort contract", "worker type", "employee type", "statut d emploi",
        "worker category")),
    "rate": Field(_("rate"), (
        "taux", "rate", "taux d activite", "taux activite", "etp", "quotite", "temps de travail", "fte", "pourcentage",
        "taux d emploi", "working time", "taux de temps de travail", "tps de travail", "quotite de travail",
        "beschaftigungsgrad", "teilzeitgrad", "pensum", "arbeitspensum", "stellenprozent",
        "tewerkstellingspercentage", "tewerkstellingsbreuk", "deeltijdpercentage", "fte percent",
        "regime de travail", "regime horaire", "taux d occupation", "taux occupation")),
    "pattern": Field(_("working days"), (
        "rythme", "pattern", "horaire", "cycle", "semaine type", "working pattern", "working days", "jours travailles",
        "modele horaire", "work schedule")),
    "rostered": Field(_("by roster"), (
        "planifie", "rostered", "poste roule", "sur planning", "au planning", "roster", "by roster")),
    "trial_end": Field(_("trial until"), (
        "fin de periode d essai", "fin periode d essai", "trial end", "trial until", "fin d essai", "fin essai",
        "probation end", "end of the trial", "fin periode essai", "date fin periode essai")),
    "left_on": Field(_("left on"), (
        "date de sortie", "date sortie", "left on", "leaving date", "date de depart", "date depart", "sortie", "depart",
        "termination date", "exit date",
        "austritt", "austrittsdatum", "datum uit dienst", "uitdiensttreding", "psa datesortie", "last day of work",
        "date de fin d emploi")),
    "codes": Field(_("codes of the agreement"), ("codes", "code", "code accord", "codes accord", "agreement codes")),
    "since": Field(pgettext_lazy("column", "from"), (
        "depuis", "since", "from", "a partir du", "du", "date de debut", "date debut", "debut")),
    "until": Field(pgettext_lazy("column", "until"), (
        "jusqu au", "until", "au", "date de fin", "date fin", "fin", "to")),
    "label": Field(_("name of the place"), ("libelle", "label", "lieu", "nom du lieu", "place", "name of the place")),
    "place_kind": Field(_("kind of place"), ("type", "kind", "type de lieu", "kind of place", "nature")),
    "secure_internet": Field(_("secure internet"), (
        "internet securise", "secure internet", "connexion securisee", "internet", "connexion")),
    "insured_until": Field(_("insured until"), (
        "assure jusqu au", "insured until", "assurance", "fin d assurance", "attestation d assurance", "insurance",
        "fin assurance")),
}  # fmt: skip

WHO = ("number", "email", "full_name", "last_name", "first_name")
CONTRACT = ("contract_start", "contract_end", "status", "rate", "pattern", "rostered", "trial_end")
KINDS: Mapping[str, tuple[str, ...]] = {
    ImportKind.PEOPLE: (
        *WHO, "entity", "site", "job", "job_title", "hired_on", "in_post_since", "language", "team", "team_since",
        "manager", *CONTRACT, "left_on"),
    ImportKind.CONTRACTS: (*WHO, *CONTRACT, "left_on"),
    ImportKind.TEAMS: ("team", "entity", "site", "codes"),
    ImportKind.MANAGERS: ("team", "manager", "deputy", "since", "until"),
    ImportKind.PLACES: (*WHO, "label", "place_kind", "since", "until", "secure_internet", "insured_until"),
}  # fmt: skip
KIND_LABELS = {
    ImportKind.PEOPLE: _("people, with contract, team and manager"),
    ImportKind.CONTRACTS: _("contracts of people who are there"),
    ImportKind.TEAMS: _("teams, with site and codes"),
    ImportKind.MANAGERS: _("managers and deputies"),
    ImportKind.PLACES: _("places of telework, without their commune"),
}
PERSON = ("number", "first_name", "last_name", "email", "entity", "site", "job", "job_title", "hired_on",
          "in_post_since")  # fmt: skip
DATES = frozenset(("hired_on", "in_post_since", "team_since", "contract_start", "contract_end", "trial_end", "left_on",
                   "since", "until", "insured_until"))  # fmt: skip


@cache
def names_of(name: str) -> tuple[str, ...]:
    """What a column of this field may be called, likeliest first; the product's own words in each language lead."""
    own = []
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            own.append(plain(str(FIELDS[name].label)))
    return tuple(dict.fromkeys((*own, plain(name), *FIELDS[name].aliases)))


def words_of(name: str) -> str:
    """A field in the language of the reader."""
    return str(FIELDS[name].label) if name in FIELDS else name
