"""Words that tell labels, roles and fields apart, in the languages we meet. Weak evidence: what recurs overrules it."""

from qualkit.model.transcripts import Role


def words(text: str) -> frozenset[str]:
    """The words of a text, for tables of words such as these."""
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


INTERVIEWER = words(
    """interviewer interviewers interviewerin interviewender interviewende researcher forscher forscherin intervieweur
    intervieweuse enquêteur enquêtrice chercheur chercheuse entrevistador entrevistadora investigador investigadora
    intervistatore intervistatrice pesquisador pesquisadora onderzoeker intervjuare intervjuer interviewaren badacz
    ankieter haastattelija tutkija görüşmeci"""
)
MODERATOR = words(
    """moderator moderators moderatorin moderatör facilitator facilitators co-facilitator co-moderator modérateur
    modératrice animateur animatrice moderador moderadora facilitador facilitadora moderatore moderatrice
    facilitatore gespreksleider gesprächsleiter gesprächsleiterin prowadzący moderaattori"""
)
PARTICIPANT = words(
    """participant interviewee respondent informant user patient client carer caregiver befragte befragter proband
    probandin teilnehmer teilnehmerin interviewte interviewter interviewpartner interviewpartnerin répondant répondante
    participante enquêté enquêtée interviewé interviewée entrevistado entrevistada intervistato intervistata
    geïnterviewde deelnemer respondente deltagare deltaker respondentti"""
)
# Neither asks nor counts. Whole labels, not words in one: "Unknown Speaker", but not "Note Holder".
OTHER = _phrases(
    """note|notes|field note|note taker|notetaker|observer|interpreter|translator|transcriber|unknown|unknown speaker
    |unidentified|unidentified speaker|unclear|all|everyone|everybody|group|several|several speakers|multiple speakers
    |multiple voices|participants|crosstalk|narrator|voice|alle|dolmetscher|dolmetscherin|unbekannt|tous|todos|tutti
    |inconnu|desconocido|recording|automated voice"""
)
# Nobody opens a paragraph of speech with one of these and a colon: once is enough.
KNOWN = INTERVIEWER | MODERATOR | words("participant respondent interviewee informant user assistant speaker")
# Initials. They say something of a role only where the whole label is one of these, with or without a number.
SHORT: dict[str, Role] = {
    "i": Role.INTERVIEWER,
    "int": Role.INTERVIEWER,
    "intv": Role.INTERVIEWER,
    "q": Role.INTERVIEWER,
    "mod": Role.MODERATOR,
    "fac": Role.MODERATOR,
}
SHORT_LABELS = frozenset(SHORT) | words("a b e f m p r s ip fg")

# The noun of a field above the talk ("Date of interview", "Participant ID"): no speaker.
FIELD_WORDS = words(
    """date datum fecha data time uhrzeit heure hora duration dauer durée duración length location place venue ort lieu
    lugar title titel titre título study project projekt id pid transcript transcription transkript file filename
    recording audio recorded transcribed transcriber version language sprache langue idioma setting mode keywords
    subject topic format source url link copyright consent gender sex age occupation profession pseudonym site session
    ethics number no nr nummer code name"""
)
LISTS = _phrases(
    """participants|speakers|present|attendees|those present|people present|teilnehmer|teilnehmende|teilnehmerinnen
    |sprecher|anwesend|intervenants|participantes|partecipanti|presentes|hablantes|deelnemers"""
)
# Named at the start of a line they are more often a remark than a person.
REMARKS = words(
    """note notes nb n.b. ps p.s. time date title example examples question questions answer answers prompt prompts
    probe probes summary comment comments remark context background update edit warning important conclusion result
    results task step part section chapter topic theme option reason problem solution point quote transcript interview
    http https www mailto anmerkung hinweis notiz beispiel frage antwort remarque exemple réponse nota ejemplo
    pregunta respuesta esempio domanda risposta"""
)
# Said, not named: a line of speech may open with them before a colon.
OPENERS = words(
    """well so yes yeah yep no nope okay ok right now look listen anyway basically actually honestly first firstly
    second secondly third thirdly finally lastly also and but or because then like maybe sure exactly true fact however
    therefore otherwise plus again meaning namely here there i'd i'm he she it it's we you they that that's this these
    those what which who when where why how my his her our your their if as at in on to for with from all one two three
    ja nein also genau und aber oder dann gut oui non donc alors bon et mais sí bueno entonces pues y pero no sì
    allora e ma"""
)
# What one says first to somebody, and no name.
GREETINGS = words(
    "hi hello hey good thanks thank welcome yes no okay ok sure hallo guten ja bonjour oui hola ciao olá sí"
)
ARTICLES = words("the a an der die das le la les el los il i")
# In square brackets these are what was heard, not who spoke.
SOUNDS = words(
    """inaudible unclear unintelligible crosstalk laughter laughs laughing laugh pause silence music applause coughs
    cough coughing sighs sigh crying cries noise background interruption interrupted overlapping overlap redacted
    anonymised anonymized sic indistinct foreign phone beep end recording tape break unverständlich lachen lacht
    rires rire risas"""
)
