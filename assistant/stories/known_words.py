"""Capitalised words that name nobody: the calendar, peoples, words of this work, and places."""

_CALENDAR = (
    "january february march april may june july august september october november december monday tuesday wednesday thursday friday "
    "saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun christmas easter ramadan "
    "diwali eid thanksgiving carnival advent hogmanay midsummer ascension pentecost whitsun spring summer autumn winter"
)
_PEOPLES = (
    "english british scottish welsh irish french german spanish portuguese italian dutch flemish belgian swiss austrian danish swedish "
    "norwegian finnish icelandic polish czech slovak hungarian romanian bulgarian greek turkish russian ukrainian baltic nordic "
    "scandinavian european american canadian mexican brazilian argentinian chilean asian chinese japanese korean indian pakistani "
    "vietnamese thai indonesian malaysian filipino australian african nigerian kenyan egyptian moroccan israeli arab arabic saudi emirati "
    "latin mediterranean alpine iberian benelux catalan basque bavarian cornish"
)
_WORK = (
    "i ok okay vp avp evp cro cfo ceo coo cto cio cmo hr it kpi kpis roi crm erp rfp rfq sla nda poc saas smb arr mrr acv tcv qbr sko emea "
    "apac latam dach amer nam meddic meddpicc bant spin challenger sandler salesforce hubspot outlook excel word powerpoint teams slack "
    "zoom webex gong chorus clari outreach linkedin google microsoft apple android iphone ipad whatsapp youtube netflix tableau looker "
    "jira confluence sharepoint docusign workday sap oracle netsuite zendesk dynamics pdf wifi usb gps led api sql q1 q2 q3 q4 h1 h2 fy "
    "sales learning marketing finance procurement legal operations enablement engineering support success service compliance security "
    "quality purchasing logistics research development human resources customer customers account accounts executive executives manager "
    "managers director directors head chief officer president vice senior junior regional national global key inside field north south "
    "east west northern southern eastern western central mid upper lower team teams pod region district division group company board "
    "committee council gold silver bronze platinum premium basic standard pro plus enterprise english internet covid brexit gdpr iso mifid "
    "hipaa fda ce nhs eu un uk us usa win rate ramp time deal size cycle stage pipeline coverage quota attainment conversion second meeting "
    "forecast accuracy discount renewal expansion activity average sharepoint mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays bluetooth excel monday's lost won closed open proposal discovery negotiation demo god lord jesus mum dad mom ma'am sir madam "
    "everybody nobody somebody anyone everyone none nothing something yesterday today tomorrow tonight hello hi dear thanks thank yes no "
    "onboarding ridealong ridealongs ride-along ride-alongs handover handovers rollout rollouts upsell upsells kickoff kickoffs walkthrough "
    "workaround datasheet datasheets whiteboard whiteboards retention debrief debriefs prospecting escalation escalations"
)
KNOWN = frozenset(f"{_CALENDAR} {_PEOPLES} {_WORK}".split())
PLACES = frozenset(
    place.strip()
    for place in [
        "europe", "asia", "africa", "america", "oceania", "australia", "new zealand", "england", "scotland",
        "wales", "ireland", "northern ireland", "france", "germany", "spain", "portugal", "italy", "netherlands",
        "holland", "belgium", "luxembourg", "switzerland", "austria", "denmark", "sweden", "norway", "finland",
        "iceland", "poland", "czechia", "slovakia", "hungary", "romania", "bulgaria", "greece", "turkey", "russia",
        "ukraine", "estonia", "latvia", "lithuania", "croatia", "slovenia", "serbia", "cyprus", "malta", "israel",
        "egypt", "morocco", "tunisia", "algeria", "nigeria", "ghana", "kenya", "ethiopia", "uganda", "tanzania",
        "rwanda", "south africa", "namibia", "botswana", "zambia", "zimbabwe", "mozambique", "angola", "senegal",
        "saudi arabia", "dubai", "abu dhabi", "qatar", "kuwait", "oman", "bahrain", "jordan", "lebanon", "iran",
        "iraq", "pakistan", "india", "bangladesh", "sri lanka", "nepal", "china", "japan", "korea", "south korea",
        "taiwan", "hong kong", "macau", "vietnam", "thailand", "malaysia", "singapore", "indonesia", "philippines",
        "canada", "mexico", "guatemala", "costa rica", "panama", "colombia", "venezuela", "ecuador", "peru",
        "bolivia", "chile", "argentina", "uruguay", "paraguay", "brazil", "cuba", "jamaica", "puerto rico",
        "london", "manchester", "birmingham", "leeds", "liverpool", "sheffield", "bristol", "newcastle",
        "nottingham", "leicester", "cardiff", "swansea", "edinburgh", "glasgow", "aberdeen", "dundee", "belfast",
        "dublin", "cork", "galway", "limerick", "york", "hull", "norwich", "exeter", "plymouth", "southampton",
        "portsmouth", "brighton", "reading", "oxford", "cambridge", "bath", "derby", "stoke", "coventry",
        "wolverhampton", "preston", "luton", "slough", "inverness", "kent", "essex", "sussex", "surrey", "norfolk",
        "suffolk", "yorkshire", "lancashire", "cornwall", "devon", "dorset", "midlands", "paris", "lyon", "lyons",
        "marseille", "lille", "nantes", "bordeaux", "toulouse", "strasbourg", "nice", "rennes", "grenoble",
        "berlin", "hamburg", "munich", "cologne", "frankfurt", "stuttgart", "dusseldorf", "leipzig", "dresden",
        "nuremberg", "hanover", "bremen", "essen", "dortmund", "bonn", "mannheim", "kassel", "augsburg",
        "freiburg", "bavaria", "saxony", "vienna", "graz", "linz", "salzburg", "innsbruck", "zurich", "geneva",
        "basel", "bern", "lausanne", "lugano", "madrid", "barcelona", "valencia", "seville", "bilbao", "malaga",
        "zaragoza", "vigo", "lisbon", "porto", "braga", "coimbra", "faro", "rome", "milan", "turin", "naples",
        "bologna", "florence", "genoa", "venice", "verona", "palermo", "bari", "trieste", "padua", "modena",
        "parma", "amsterdam", "rotterdam", "utrecht", "eindhoven", "the hague", "groningen", "brussels", "antwerp",
        "ghent", "liege", "bruges", "copenhagen", "aarhus", "odense", "stockholm", "gothenburg", "malmo",
        "uppsala", "oslo", "bergen", "trondheim", "stavanger", "helsinki", "tampere", "turku", "espoo",
        "reykjavik", "warsaw", "krakow", "gdansk", "wroclaw", "poznan", "lodz", "katowice", "prague", "brno",
        "ostrava", "bratislava", "budapest", "bucharest", "cluj", "sofia", "athens", "thessaloniki", "istanbul",
        "ankara", "izmir", "bursa", "moscow", "kyiv", "tallinn", "riga", "vilnius", "zagreb", "ljubljana",
        "belgrade", "tel aviv", "haifa", "cairo", "casablanca", "tunis", "lagos", "abuja", "accra", "nairobi",
        "mombasa", "addis ababa", "kampala", "johannesburg", "pretoria", "cape town", "durban", "riyadh", "jeddah",
        "doha", "muscat", "amman", "beirut", "karachi", "lahore", "islamabad", "delhi", "new delhi", "mumbai",
        "bangalore", "bengaluru", "chennai", "kolkata", "hyderabad", "pune", "ahmedabad", "gurgaon", "noida",
        "jaipur", "dhaka", "colombo", "kathmandu", "beijing", "shanghai", "shenzhen", "guangzhou", "chengdu",
        "tokyo", "osaka", "nagoya", "yokohama", "kyoto", "seoul", "busan", "taipei", "hanoi", "ho chi minh city",
        "saigon", "bangkok", "chiang mai", "kuala lumpur", "penang", "johor", "jakarta", "surabaya", "bandung",
        "bali", "manila", "cebu", "sydney", "melbourne", "brisbane", "perth", "adelaide", "canberra", "auckland",
        "wellington", "christchurch", "tasmania", "queensland", "victoria", "new york", "boston", "chicago",
        "dallas", "houston", "austin", "san antonio", "denver", "phoenix", "tucson", "los angeles", "san diego",
        "san francisco", "san jose", "oakland", "seattle", "portland", "atlanta", "miami", "orlando", "tampa",
        "charlotte", "raleigh", "nashville", "memphis", "detroit", "cleveland", "columbus", "cincinnati",
        "pittsburgh", "philadelphia", "baltimore", "washington", "minneapolis", "milwaukee", "kansas city",
        "st louis", "new orleans", "las vegas", "salt lake city", "omaha", "tulsa", "indianapolis", "louisville",
        "buffalo", "texas", "california", "florida", "ohio", "michigan", "illinois", "georgia", "virginia",
        "carolina", "colorado", "arizona", "nevada", "utah", "oregon", "iowa", "kansas", "minnesota", "wisconsin",
        "missouri", "tennessee", "kentucky", "alabama", "louisiana", "massachusetts", "connecticut",
        "pennsylvania", "new jersey", "new mexico", "toronto", "montreal", "vancouver", "calgary", "edmonton",
        "ottawa", "winnipeg", "halifax", "quebec", "ontario", "alberta", "manitoba", "nova scotia", "moncton",
        "monterrey", "guadalajara", "mexico city", "bogota", "medellin", "lima", "quito", "santiago",
        "buenos aires", "cordoba", "montevideo", "sao paulo", "rio", "rio de janeiro", "brasilia", "curitiba",
        "belo horizonte", "recife", "salvador", "fortaleza", "manaus", "midwest", "nordics", "benelux", "iberia",
        "balkans", "baltics", "levant", "maghreb", "gulf", "rhine", "ruhr", "alps", "scandinavia", "silesia",
        "tuscany", "lombardy", "sicily", "sardinia", "andalusia", "catalonia", "galicia", "normandy", "brittany",
        "provence", "alsace", "flanders", "wallonia", "saarland", "hesse", "thuringia", "westphalia", "tyrol",
        "bay area", "west coast", "east coast", "silicon valley", "wall street", "heathrow", "gatwick", "schiphol",
    ]
)  # fmt: skip
