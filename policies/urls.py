from django.urls import path

from .views import book, compare, documents, editor, form, sheet

urlpatterns = [
    path("agreements/", documents.document_list, name="agreements"),
    path("agreements/new/", documents.new_document, name="agreement_new"),
    path("agreements/<uuid:uid>/", sheet.version_page, name="agreement_version"),
    path("agreements/<uuid:uid>/edit/", editor.edit, name="agreement_edit"),
    path("agreements/<uuid:uid>/lint/", editor.lint, name="agreement_lint"),
    path("agreements/<uuid:uid>/form/", form.form_page, name="agreement_form"),
    path("agreements/<uuid:uid>/draft/", documents.new_version, name="agreement_draft"),
    path("agreements/<uuid:uid>/publish/", documents.publish, name="agreement_publish"),
    path("agreements/<uuid:uid>/remove/", documents.remove, name="agreement_remove"),
    path("agreements/<uuid:uid>/cases/", book.book, name="agreement_cases"),
    path("agreements/<uuid:uid>/cases/run/", book.run_all, name="agreement_run"),
    path("agreements/<uuid:uid>/cases/sign/", book.sign, name="agreement_sign"),
    path("agreements/<uuid:uid>/compare/", compare.compare_page, name="agreement_compare"),
]
