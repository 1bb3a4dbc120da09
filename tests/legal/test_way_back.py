"""Migrating back over papers, a state's list and what was told to the FDA or a parent: nothing stops it, guards come
again."""

from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone
from django_scopes import scopes_disabled
from tests.legal.test_report_lists import note, own_list  # noqa: F401
from tests.migrating import Executor, leaves, list_triggers, move_to
from tests.privacy.test_emergency import english  # noqa: F401
from tests.privacy.test_emergency_fda import tell
from tests.privacy.test_emergency_parent import born
from tests.privacy.test_emergency_parent import tell as tell_parent
from tests.privacy.test_for_payment import WHY, draft, sign
from tests.rules.scans.files import pdf

from alongside.legal import actions
from alongside.legal.models import DemandStep, MandatedReport
from alongside.privacy.models import Emergency
from alongside.running.models import WeaknessLook

BEFORE = [("legal", "0003_wait_and_posting"), ("privacy", "0010_passed_on_and_kept_inside"),
          ("running", "0002_weaknesses"), ("council", "0015_first_policy_of_phone_support")]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(900)
def test_the_way_back_and_forward(named, own_list, mentorship, english, carmen, dante, dolores, lien, rosa):  # noqa: F811
    demand, now = named(), timezone.now()
    actions.add_scan(demand=demand, content=pdf(), words="Page 1", submit_key=uuid4(), by=dolores.actor)
    report = note(rosa.person, dante, own_school="Lincoln")
    told = tell(english.person, lien.actor)
    born(english.person, 15)
    told_parent = tell_parent(english.person, dolores.actor)
    english.person.birth_date = date(1984, 3, 9)
    english.person.save(update_fields=["birth_date"])
    for_payment = sign(draft(english.person, carmen.actor), dolores.actor)
    waits = draft(english.person, carmen.actor)
    WeaknessLook.objects.create(looked_at=now, looked_by=None, found=True, which=["a 1: B-2"])
    newest, guards = leaves(), list_triggers()
    with scopes_disabled():
        try:
            move_to(BEFORE)
            state = Executor(connection).loader.project_state(BEFORE).apps
            old = state.get_model("privacy", "Emergency")._base_manager.get(pk=told.pk)
            assert old.nature == "Naloxone spray, lot 7714: Did not wake up" and old.no_consent == "cannot_reach"
            old = state.get_model("privacy", "Emergency")._base_manager.get(pk=told_parent.pk)
            assert (old.facility, old.no_consent, old.nature) == ("parent", "cannot_answer", "Did not wake up")
            permissions = state.get_model("privacy", "Consent")._base_manager
            old = permissions.get(pk=for_payment.pk)
            assert (old.signer, old.status, old.other_basis) == ("guardian", "expired", WHY), "it shares no more"
            assert permissions.get(pk=waits.pk).signer == ""
            steps = state.get_model("legal", "DemandStep")._base_manager.filter(demand_id=demand.pk)
            assert "added" in steps.values_list("what", flat=True)
            reports = state.get_model("legal", "MandatedReport")._base_manager
            assert "own_school" not in reports.get(pk=report.pk).fields
            assert "legal_scan" not in connection.introspection.table_names()
            assert {name for name in guards if name.startswith(("legal_demandstep", "legal_mandatedreport"))} <= {*list_triggers()}  # noqa: E501  # fmt: skip
            assert any(name.startswith("emergency_stays") for name in list_triggers())
        finally:
            move_to(newest)
        assert list_triggers() == guards
        assert DemandStep.objects.filter(demand=demand).count() >= 4
        assert (MandatedReport.objects.count(), Emergency.objects.count()) == (1, 2)
        assert apps.get_model("legal", "Scan")._base_manager.count() == 0, "files go with their table"
