"""What may be read about runs: the list of whole-list runs, one run, and what was kept of it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from alongside.people.models import Person
from alongside.workforce.models import PeerProfile

from .keeping import read_answer
from .models import KeptRun, Run


def list_runs() -> QuerySet[Run]:
    """Runs over everybody who waited, the newest first."""
    return Run.objects.filter(scope="all").select_related("policy").order_by("-made_at", "-pk")


def get_run(run_id) -> Run | None:
    """One run of any kind; None for one of another program."""
    return Run.objects.filter(pk=run_id).select_related("policy").first()


def get_latest_run() -> Run | None:
    """The newest run over everybody."""
    return list_runs().first()


def get_kept(run: Run) -> KeptRun | None:
    """What the run was given and answered, while it is kept."""
    return KeptRun.objects.filter(run=run).first()


def list_wanted(kept: KeptRun) -> list[tuple[str, int, int]]:
    """(peer id, people on whose list the peer is, places free then), whoever is wanted most beyond places first."""
    return [(peer_id, named, places) for peer_id, named, places in read_answer(kept)["wanted"]]


def names_of_peers(ids: Iterable) -> dict[str, str]:
    """Peer id to the name they go by, of those who are in the program."""
    found = PeerProfile.objects.filter(pk__in=list(ids)).values_list("pk", "person__goes_by")
    return {str(id_): name for id_, name in found}


def names_of_makers(runs: Iterable[Run]) -> dict:
    """Account to the name its person goes by, of those who ran matching."""
    people = Person.objects.filter(user__in={run.made_by_id for run in runs if run.made_by_id})
    return dict(people.values_list("user_id", "goes_by"))
