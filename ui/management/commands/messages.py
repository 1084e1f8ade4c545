from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ui import translations


class Command(BaseCommand):
    help = "Extract what is to be translated into each app's French catalogue, and compile the catalogues."
    requires_system_checks = ()

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail with what is missing or wrong")
        parser.add_argument("--compile", action="store_true", help="only compile what has changed")
        parser.add_argument("--prune", action="store_true", help="forget translations that nothing asks for any more")
        parser.add_argument("apps", nargs="*", metavar="APP", help="only these apps (all by default)")

    def handle(self, *, check, compile, prune, apps, **options) -> None:
        root = settings.BASE_DIR
        if unknown := sorted(set(apps) - set(translations.APPS)):
            raise CommandError(f"{unknown[0]!r} is no app with words; choose among {', '.join(translations.APPS)}.")
        if not check and not compile:
            for app in apps or translations.APPS:
                translations.update(root, app, prune=prune)
        if not check:
            translations.compile_all(root)
        faults = (
            [] if compile else [fault for app in apps or translations.APPS for fault in translations.faults(root, app)]
        )
        for fault in faults:
            self.stderr.write(fault)
        if check and faults:
            raise CommandError(f"{len(faults)} messages are missing or wrong.")
        if not compile:
            self.stdout.write(
                f"{len(faults)} messages left to translate." if faults else "All messages are translated."
            )
