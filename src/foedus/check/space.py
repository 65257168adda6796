"""The incidents that a case looks at: who may attack whom, and how."""

from foedus.case.form import Form
from foedus.case.ladders import KINDS, OBJECTS, OTHER
from foedus.case.stage import LoadedCase, StagedInstrument
from foedus.law.incident import IncidentSpace


def incident_space(case: LoadedCase, staged: StagedInstrument, form: Form) -> IncidentSpace:
    """The incidents that a case looks at for one instrument: as declared, else the language's."""
    declared = case.model.incidents if case.model is not None else staged.model.incidents
    zones = tuple(case.zones) or tuple(staged.model.zones)
    if declared.zones:
        zones = declared.zones
    if case.main_zone in zones:
        zones = (str(case.main_zone), *(zone for zone in zones if zone != case.main_zone))
    return IncidentSpace(
        attackers=attackers_of(case, staged),
        victims=case.beneficiaries,
        kinds=declared.kinds or KINDS,
        zones=zones or ("",),
        objects=declared.objects or OBJECTS,
        provoked=(False, True) if declared.provoked else (False,),
        lasting=(max((clause.trigger.lasting_hours for clause in form.clauses), default=0),),
        hours=(max((clause.default.after_hours for clause in form.clauses if clause.default), default=0),),
    )


def attackers_of(case: LoadedCase, staged: StagedInstrument) -> tuple[str, ...]:
    """The attackers looked at: the named ones first; ``any`` adds every party on stage and an outsider."""
    named = [name for name in case.attackers if name != "any"]
    if "any" not in case.attackers:
        return tuple(named)
    own = list(case.model.parties) if case.model is not None else []
    others = [*own, *staged.members]
    first_other = [OTHER, *others] if not own and not named else [*others, OTHER]
    return tuple(dict.fromkeys([*named, *first_other]))
