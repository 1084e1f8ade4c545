import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What is loaded now stays for good: the collector need not walk it again in the middle of a page of a thousand rows.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
