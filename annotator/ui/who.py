"""Who works here: the person that the settings name, or the likeliest one until they say so themselves."""

from __future__ import annotations

from annotator.base.settings import Settings
from annotator.model.annotation import Annotator
from annotator.operations import people
from annotator.project import addressee
from annotator.project.opening import work_as
from annotator.project.project import Project


class Who:
    """Decides under whose name a project is worked on; ``login`` is what the system calls the user."""

    def __init__(self, settings: Settings, login: str) -> None:
        self._settings = settings
        self._login = login

    @property
    def said(self) -> bool:
        """Whether the user has ever said what they are called."""
        return bool(self._settings["annotator_name"])

    def begin(self, project: Project) -> None:
        """Work on a project that was just opened.

        Until the user has given a name, the only person of a project is taken to be them: it was made for them on the
        command line, or on another computer. Nobody is renamed by that. Whom a copy was handed out to says so
        themselves, for all that they do in it comes back under that name.
        """
        uid, name = self._settings.annotator_uid, self._settings["annotator_name"]
        known = project.cache.annotators
        if not name and uid not in known and len(known) == 1 and addressee.own_hand_out(project) is None:
            work_as(project, next(iter(known.values())))
        else:
            work_as(project, Annotator(uid, name or self._login))

    def addressee(self, project: Project) -> Annotator | None:
        """Return whom to ask "Are you …?": the colleague that the file was handed out to, while nobody has answered."""
        made = addressee.own_hand_out(project)
        if made is None or made.uid in self._settings["declined"]:
            return None
        me = Annotator(self._settings.annotator_uid, self._settings["annotator_name"] or self._login)
        return addressee.addressee(project) if addressee.is_to_be_asked(project, me) else None

    def be_addressee(self, project: Project) -> None:
        """Take the user to be whom the file was handed out to; what they have done in it so far becomes theirs."""
        before = project.annotator
        addressee.work_as_addressee(project, Annotator(self._settings.annotator_uid, before.name))
        people.take_over(project, before)
        if not self.said:
            self._settings["annotator_name"] = project.annotator.name

    def decline(self, project: Project) -> None:
        """Note that the file was handed out to somebody else."""
        made = addressee.own_hand_out(project)
        if made is not None:
            self._settings.decline(made.uid)

    def proposal(self, project: Project | None) -> str:
        """Return the name to propose in the field that asks for it."""
        return project.annotator.name if project is not None else self._login

    def say(self, project: Project | None, name: str) -> None:
        """Take the name that the user gives, in the open project and for the next.

        In the project it means the person who bears it already; else the user's own record is renamed, and where they
        worked as somebody else so far, they become a new person. Raises RuleError when the name cannot be had.
        """
        wanted = " ".join(name.split())
        if project is not None and not project.read_only and wanted != project.annotator.name:
            self._say_in(project, wanted)
        self._settings["annotator_name"] = wanted

    def _say_in(self, project: Project, wanted: str) -> None:
        before = project.annotator
        bearer = next((one for one in project.cache.annotators.values() if one.name == wanted), None)
        mine = before.uid == self._settings.annotator_uid
        if bearer is None and mine:
            people.rename_annotator(project, wanted)
        elif bearer is not None and people.has_work(project, before) and mine:
            people.rename_annotator(project, wanted)  # refused: two people cannot be told apart by one name
        else:
            work_as(project, bearer or Annotator(self._settings.annotator_uid, wanted))
            if mine:
                people.remove_unused(project, before)
