"""The people one meets first: the team of Nadia Benali in Niort, and the accounts that the command prints."""

from dataclasses import dataclass

DOMAIN = "demo.example"

# First name, last name, role, title, rate. The manager first, the deputy last.
NADIAS_TEAM = (
    ("Nadia", "Benali", "manager", "Responsable d’équipe", 100),
    ("Camille", "Moreau", "supervisor", "Superviseure", 100),
    ("Mehdi", "Rahmani", "supervisor", "Superviseur", 80),
    ("Inès", "Caron", "supervisor", "Superviseure", 100),
    ("Antoine", "Le Goff", "supervisor", "Superviseur", 100),
    ("Fatou", "Sarr", "supervisor", "Superviseure", 100),
    ("Thomas", "Lefèvre", "officer", "Chargé d’assistance", 100),
    ("Léa", "Fontaine", "officer", "Chargée d’assistance", 100),
    ("Hugo", "Marchand", "officer", "Chargé d’assistance", 100),
    ("Aïcha", "Diallo", "officer", "Chargée d’assistance", 80),
    ("Sophie", "Garnier", "officer", "Chargée d’assistance", 100),
    ("Julien", "Roux", "officer", "Chargé d’assistance", 100),
    ("Paul", "Ferrand", "officer", "Chargé d’assistance", 50),
    ("Chloé", "Perrin", "officer", "Chargée d’assistance", 100),
    ("Karim", "Haddad", "officer", "Chargé d’assistance", 100),
    ("Manon", "Girard", "officer", "Chargée d’assistance", 100),
    ("Yasmine", "Cherif", "officer", "Chargée d’assistance", 90),
    ("Lucas", "Barbier", "officer", "Chargé d’assistance", 100),
    ("Élodie", "Masson", "officer", "Chargée d’assistance", 100),
    ("David", "Nguyen", "officer", "Chargé d’assistance", 100),
    ("Margaux", "Simon", "officer", "Chargée d’assistance", 80),
    ("Romain", "Picard", "officer", "Chargé d’assistance", 100),
    ("Claire", "Dumont", "officer", "Chargée d’assistance", 100),
    ("Olivier", "Texier", "deputy", "Adjoint", 100),
)

# First name, last name, role, title, rate, address before the @.
SECOND_PERSON = ("Yann", "Kowalczyk", "office", "Conseiller clientèle", 100, "yann.kowalczyk")
HR_PERSON = ("Hélène", "Vasseur", "office", "Responsable des ressources humaines", 100, "helene.vasseur")
SECOND_HR_PERSON = ("Samuel", "Diarra", "office", "Juriste, ressources humaines", 100, "samuel.diarra")
PLANNER_PERSON = ("Théo", "Lambert", "office", "Responsable de la planification", 100, "theo.lambert")
ADMIN_PERSON = ("Alix", "Fournier", "office", "Administratrice de l’application", 100, "admin")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account with a password; ``role`` says in words what it shows."""

    email: str
    role: str


CAMILLE = DemoAccount(f"camille.moreau@{DOMAIN}", "employee")
NADIA = DemoAccount(f"nadia.benali@{DOMAIN}", "manager")
HR = DemoAccount(f"helene.vasseur@{DOMAIN}", "human resources")
SECOND_HR = DemoAccount(f"samuel.diarra@{DOMAIN}", "human resources, who confirms what the other prepares")
SECOND = DemoAccount(f"yann.kowalczyk@{DOMAIN}", "employee of the second entity")
PLANNER = DemoAccount(f"theo.lambert@{DOMAIN}", "coverage planner")
ADMIN = DemoAccount(f"admin@{DOMAIN}", "administrator")
DEMO_ACCOUNTS = (CAMILLE, NADIA, PLANNER, HR, SECOND_HR, SECOND, ADMIN)
