"""The words around a name that tell what it names."""

HONORIFICS = frozenset(["mr", "mrs", "ms", "mx", "dr", "prof", "professor", "herr", "frau", "senor", "senora", "sr", "sra", "signor", "signora", "monsieur", "madame", "mme", "mlle", "sir", "dame", "lord", "lady"])  # fmt: skip
PARTICLES = frozenset([
    "de", "da", "di", "du", "del", "della", "der", "den", "van", "von", "le", "la", "bin", "ibn", "al", "el", "ter",
    "ten", "dos", "das", "do", "und", "y", "e",
])  # fmt: skip
LEGAL = frozenset([
    "ltd", "limited", "gmbh", "inc", "llc", "llp", "plc", "ag", "bv", "nv", "sarl", "sas", "spa", "srl", "oy",
    "oyj", "ab", "aps", "kg", "kgaa", "pty", "pte", "corp", "corporation", "sro", "kft", "lda", "ltda", "bhd",
])  # fmt: skip
COMPANY_WORDS = frozenset([
    "group", "holdings", "holding", "logistics", "bank", "banking", "insurance", "assurance", "systems", "foods",
    "pharma", "pharmaceuticals", "partners", "industries", "industrial", "energy", "telecom", "freight", "motors",
    "labs", "laboratories", "solutions", "technologies", "technology", "capital", "consulting", "airlines",
    "airways", "hotels", "hotel", "hospital", "hospitals", "clinic", "clinics", "university", "college",
    "supermarkets", "stores", "retail", "dairy", "breweries", "brewery", "shipping", "lines", "haulage",
    "construction", "builders", "engineering", "steel", "chemicals", "plastics", "packaging", "textiles", "mutual",
    "financial", "payments", "software", "robotics", "biotech", "medical", "healthcare", "care", "diagnostics",
    "instruments", "electric", "electrical", "utilities", "water", "power", "wind", "solar", "media", "press",
    "bakeries", "bakery", "mills", "farms", "seeds", "wholesale", "brothers", "bros", "sons", "associates", "trust",
    "savings", "credit", "union", "council", "borough", "interiors", "furniture", "kitchens", "ceramics",
    "components", "castings", "forge", "tools", "machinery", "automotive", "tyres", "rail", "ports", "marine",
    "aviation", "staffing", "recruitment", "security", "catering", "resorts",
])  # fmt: skip
ROLE_AFTER = frozenset([
    "buyer", "cfo", "ceo", "coo", "cto", "cio", "cmo", "chro", "cpo", "head", "director", "manager", "vp", "rep",
    "owner", "founder", "procurement", "purchasing", "lead", "chief", "controller", "engineer", "nurse", "surgeon",
    "chef", "buyer's", "assistant", "secretary", "partner", "president", "champion", "our", "their", "his", "her",
    "the",
])  # fmt: skip
CUES_AFTER = frozenset([
    "said", "says", "say", "told", "tells", "asked", "asks", "replied", "wrote", "writes", "rang", "rings",
    "called", "calls", "laughed", "nodded", "shrugged", "smiled", "sighed", "answered", "admitted", "explained",
    "shouted", "whispered", "texted", "emailed", "mailed", "phoned", "thinks", "thought", "wants", "wanted", "knew",
    "knows", "hates", "hated", "loves", "loved", "stopped", "agreed", "signed", "refused", "interrupted",
    "listened", "walked", "left", "came", "came-", "took", "gave", "showed", "looked", "put", "pulled", "opened",
    "closed", "promised", "insisted", "mentioned", "complained", "warned", "joined", "runs", "ran", "heads",
    "leads", "led", "sat", "stood", "got", "had", "has", "was", "is", "did", "does", "never", "always", "just",
    "still", "herself", "himself", "who", "and",
])  # fmt: skip
CUES_BEFORE = frozenset([
    "said", "says", "told", "asked", "called", "named", "met", "meet", "with", "by", "rang", "phoned", "emailed",
    "texted", "thanked", "paired", "shadowed", "coached", "hired", "promoted", "like", "hi", "hello", "dear", "and",
    "saw", "visited", "know", "knows", "remember", "ask", "tell", "call", "colleague", "boss",
])  # fmt: skip
FROM = frozenset(["at", "from", "with", "for", "to", "of", "by", "via", "lost", "won", "visited", "chez", "into", "against", "called", "client", "customer", "account", "prospect", "dealer", "distributor"])  # fmt: skip
PLACE_BEFORE = frozenset(["in", "near", "around", "across", "outside", "through", "throughout", "over", "towards", "downtown", "greater", "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "upper", "lower"])  # fmt: skip
THING_BEFORE = frozenset([
    "the", "our", "their", "its", "this", "that", "an", "a", "new", "old", "each", "every", "your", "my", "these",
    "those", "any", "another", "which", "two", "three", "four",
])  # fmt: skip
THING_AFTER = frozenset([
    "module", "tier", "release", "version", "pump", "pumps", "scanner", "scanners", "bundle", "plan", "platform",
    "app", "dashboard", "suite", "edition", "package", "line", "range", "series", "feature", "features", "product",
    "products", "model", "models", "update", "upgrade", "release", "demo", "licence", "licences", "license",
    "licenses", "report", "forecast", "board", "campaign", "programme", "program", "initiative", "project", "stage",
    "call", "calls", "deck", "template", "playbook", "framework", "method", "methodology", "course", "certificate",
    "certification", "form", "field", "button", "screen", "tab", "valve", "valves", "sensor", "sensors", "gateway",
    "terminal", "terminals", "reader", "readers", "monitor", "monitors", "kit", "kits", "machine", "machines",
    "truck", "trucks", "van", "vans", "catalogue", "conference", "summit", "fair", "expo", "show", "award", "week",
    "day", "season", "quarter", "region", "territory", "team", "pod", "office", "branch", "plant", "site", "depot",
    "warehouse", "street", "road", "square", "station", "airport", "add-on", "integration", "connector", "api",
    "contract", "tender", "policy", "cover", "rollout", "launch", "pilot", "standard", "pro", "plus", "lite",
    "cloud",
])  # fmt: skip
TITLE_WORDS = HONORIFICS | frozenset(["uncle", "aunt", "captain", "nurse", "chef"])
