"""The invented names and sentences of the demo book. Nobody and nothing here is real."""
# ruff: noqa: E501 - a product or a sentence stands on its line

from __future__ import annotations

from dataclasses import dataclass

# name of the city, dialling code without the country, first three digits of the postal code
CITIES: tuple[tuple[str, str, str], ...] = (
    ("Αθήνα", "210", "104"),
    ("Πειραιάς", "210", "185"),
    ("Θεσσαλονίκη", "2310", "546"),
    ("Πάτρα", "2610", "262"),
    ("Ηράκλειο", "2810", "712"),
    ("Λάρισα", "2410", "412"),
    ("Βόλος", "24210", "382"),
    ("Ιωάννινα", "26510", "454"),
    ("Χανιά", "28210", "731"),
    ("Ρόδος", "22410", "851"),
    ("Καβάλα", "2510", "654"),
    ("Καλαμάτα", "27210", "241"),
    ("Χαλκίδα", "22210", "341"),
    ("Τρίκαλα", "24310", "421"),
    ("Σέρρες", "23210", "621"),
    ("Ξάνθη", "25410", "671"),
    ("Κόρινθος", "27410", "201"),
    ("Αλεξανδρούπολη", "25510", "681"),
    ("Κοζάνη", "24610", "501"),
    ("Λαμία", "22310", "351"),
    ("Νάουσα", "23320", "592"),
    ("Σίνδος", "2310", "574"),
    ("Ασπρόπυργος", "210", "193"),
    ("Μύκονος", "22890", "846"),
)
STREETS = (
    "Ελευθερίου Βενιζέλου", "Αγίου Δημητρίου", "28ης Οκτωβρίου", "Εθνικής Αντιστάσεως",
    "Κωνσταντινουπόλεως", "Μεγάλου Αλεξάνδρου", "Παπαναστασίου", "Κολοκοτρώνη", "Ερμού",
    "Αριστοτέλους", "Λεωφόρος Ειρήνης", "Βιομηχανική Περιοχή",
)  # fmt: skip

# trade as it stands in a company's name, activity, season of its buying
TRADES: tuple[tuple[str, str, str], ...] = (
    ("Μύλοι", "Τρόφιμα και ποτά", "even"),
    ("Τυροκομεία", "Τρόφιμα και ποτά", "spring"),
    ("Ελαιώνες", "Τρόφιμα και ποτά", "winter"),
    ("Οινοποιεία", "Τρόφιμα και ποτά", "winter"),
    ("Ζαχαροπλαστική", "Τρόφιμα και ποτά", "winter"),
    ("Αρτοποιία", "Τρόφιμα και ποτά", "even"),
    ("Ιχθυοτροφεία", "Ιχθυοκαλλιέργεια", "spring"),
    ("Ξενοδοχεία", "Τουρισμός", "summer"),
    ("Τουριστικές Επιχειρήσεις", "Τουρισμός", "summer"),
    ("Κατασκηνώσεις", "Τουρισμός", "summer"),
    ("Ψυκτική", "Ψύξη και αποθήκευση", "summer"),
    ("Μεταφορική", "Μεταφορές", "even"),
    ("Αποθήκες", "Ψύξη και αποθήκευση", "even"),
    ("Ναυτιλιακή", "Μεταφορές", "summer"),
    ("Δομική", "Κατασκευές", "spring"),
    ("Τεχνική", "Κατασκευές", "spring"),
    ("Μάρμαρα", "Κατασκευές", "spring"),
    ("Ενεργειακή", "Ενέργεια", "winter"),
    ("Ηλεκτρολογική", "Εξοπλισμός", "even"),
    ("Υφαντουργία", "Ένδυση", "winter"),
    ("Εκτυπωτική", "Υπηρεσίες", "even"),
    ("Φαρμακαποθήκη", "Υγεία", "winter"),
    ("Ιατρικά Είδη", "Υγεία", "even"),
    ("Αγροτική", "Αγροτικά", "spring"),
    ("Θερμοκήπια", "Αγροτικά", "spring"),
    ("Επιπλοποιία", "Εξοπλισμός", "even"),
    ("Συσκευασία", "Συσκευασία", "even"),
    ("Χαρτοποιία", "Συσκευασία", "winter"),
)
PLACES = (
    "Θερμαϊκού", "Αιγαίου", "Κρήτης", "Ηπείρου", "Θεσσαλίας", "Μακεδονίας", "Θράκης", "Αττικής",
    "Ευβοίας", "Μεσσηνίας", "Αχαΐας", "Ιονίου", "Κυκλάδων", "Πηλίου", "Ολύμπου", "Πίνδου",
    "Αλιάκμονα", "Στρυμόνα", "Κορινθίας", "Δωδεκανήσου", "Φθιώτιδας", "Αργολίδας", "Βοιωτίας",
    "Χαλκιδικής", "Λακωνίας", "Παγασητικού", "Ταϋγέτου", "Νέστου",
)  # fmt: skip
SURNAMES = (
    "Παπαδόπουλος", "Μαυρίδης", "Νικολάου", "Γεωργιάδης", "Κωνσταντίνου", "Οικονόμου",
    "Βασιλειάδης", "Καραγιάννης", "Αντωνίου", "Δημητριάδης", "Αλεξίου", "Παναγιώτου",
    "Σταματόπουλος", "Χατζηδάκης", "Μανωλάκης", "Τσιρίδης", "Λαμπρόπουλος", "Ζαφειρίου",
    "Κουτσός", "Ραπτόπουλος", "Σαμαράς", "Φωτιάδης", "Ξενάκης", "Ιωαννίδης", "Θεοδώρου",
    "Αγγελόπουλος", "Μπακάλης", "Ντάλας", "Γκίκας", "Τζανετάκης", "Ευαγγέλου", "Αυγερινός",
)  # fmt: skip
HER_SURNAMES = (
    "Παπαδοπούλου", "Μαυρίδου", "Νικολάου", "Γεωργιάδου", "Κωνσταντίνου", "Οικονόμου",
    "Βασιλειάδου", "Καραγιάννη", "Αντωνίου", "Δημητριάδου", "Αλεξίου", "Παναγιώτου",
    "Σταματοπούλου", "Χατζηδάκη", "Μανωλάκη", "Λαμπροπούλου", "Ιωαννίδου", "Ευαγγέλου",
)  # fmt: skip
HIS_NAMES = (
    "Νίκος", "Γιώργος", "Δημήτρης", "Κώστας", "Γιάννης", "Παναγιώτης", "Χρήστος", "Άγγελος",
    "Στέλιος", "Μιχάλης", "Θανάσης", "Ηλίας", "Σπύρος", "Ανδρέας",
)  # fmt: skip
HER_NAMES = (
    "Μαρία", "Ελένη", "Κατερίνα", "Βασιλική", "Σοφία", "Άννα", "Γεωργία", "Δήμητρα", "Ειρήνη",
    "Ιωάννα", "Χριστίνα", "Αγγελική",
)  # fmt: skip
FORMS = ("Α.Ε.", "Α.Ε.", "Ε.Π.Ε.", "Ι.Κ.Ε.", "Ο.Ε.", "Ε.Ε.", "Α.Β.Ε.Ε.")
FAMILY_FIRMS = (
    "{name} {form}",
    "Αφοί {of} {form}",
    "{name} & Υιοί {form}",
    "{name} & Σία {form}",
)
ROLES_EL = (
    "Γενική διεύθυνση", "Οικονομική διεύθυνση", "Προμήθειες", "Λογιστήριο", "Αποθήκη",
    "Παραγωγή", "Γραμματεία",
)  # fmt: skip
ROLES_EN = (
    "General management", "Finance", "Purchasing", "Accounts", "Warehouse", "Production", "Office",
)  # fmt: skip

# code, Greek name, English name, family in Greek and in English, unit, price in cents, VAT percent
PRODUCTS: tuple[tuple[str, str, str, str, str, str, int, int], ...] = (
    ("ΣΥΣ-010", "Χαρτοκιβώτιο 40×30", "Carton 40×30", "Συσκευασία", "Packaging", "τεμ.", 86, 24),
    ("ΣΥΣ-020", "Χαρτοκιβώτιο 60×40", "Carton 60×40", "Συσκευασία", "Packaging", "τεμ.", 142, 24),
    ("ΣΥΣ-030", "Παλετόφιλμ 23 mic", "Stretch film 23 mic", "Συσκευασία", "Packaging", "ρολό", 785, 24),
    ("ΣΥΣ-040", "Ταινία συσκευασίας", "Packing tape", "Συσκευασία", "Packaging", "ρολό", 119, 24),
    ("ΥΓΙ-010", "Απολυμαντικό 5 λίτρων", "Disinfectant 5 l", "Υγιεινή", "Hygiene", "τεμ.", 1890, 24),
    ("ΥΓΙ-020", "Απορρυπαντικό 20 λίτρων", "Detergent 20 l", "Υγιεινή", "Hygiene", "τεμ.", 4250, 24),
    ("ΥΓΙ-030", "Χαρτί επαγγελματικό", "Industrial paper roll", "Υγιεινή", "Hygiene", "ρολό", 640, 24),
    ("ΥΓΙ-040", "Γάντια νιτριλίου", "Nitrile gloves", "Υγιεινή", "Hygiene", "κιβ.", 2975, 24),
    ("ΨΥΞ-010", "Ψυκτικό υγρό 10 κιλών", "Refrigerant 10 kg", "Ψύξη", "Cooling", "φιάλη", 21450, 24),
    ("ΨΥΞ-020", "Συντήρηση ψυκτικού θαλάμου", "Cold room service", "Ψύξη", "Cooling", "επίσκ.", 18000, 24),
    ("ΨΥΞ-030", "Ανεμιστήρας εξατμιστή", "Evaporator fan", "Ψύξη", "Cooling", "τεμ.", 13260, 24),
    ("ΤΡΟ-010", "Αλεύρι 25 κιλών", "Flour 25 kg", "Τρόφιμα", "Food", "σακί", 1735, 13),
    ("ΤΡΟ-020", "Ζάχαρη 25 κιλών", "Sugar 25 kg", "Τρόφιμα", "Food", "σακί", 2380, 13),
    ("ΤΡΟ-030", "Ελαιόλαδο 17 κιλών", "Olive oil 17 kg", "Τρόφιμα", "Food", "δοχείο", 11840, 13),
    ("ΤΡΟ-040", "Καφές εσπρέσο", "Espresso coffee", "Τρόφιμα", "Food", "κιλό", 1465, 13),
    ("ΕΞΟ-010", "Ράφι αποθήκης", "Warehouse rack", "Εξοπλισμός", "Equipment", "τεμ.", 9890, 24),
    ("ΕΞΟ-020", "Παλετοφόρο", "Pallet truck", "Εξοπλισμός", "Equipment", "τεμ.", 32900, 24),
    ("ΕΞΟ-030", "Ζυγός δαπέδου", "Floor scale", "Εξοπλισμός", "Equipment", "τεμ.", 48500, 24),
    ("ΥΠΗ-010", "Μεταφορά και παράδοση", "Delivery", "Υπηρεσίες", "Services", "δρομ.", 6500, 24),
    ("ΥΠΗ-020", "Εκπαίδευση προσωπικού", "Staff training", "Υπηρεσίες", "Services", "ημέρα", 28000, 24),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language."""

    topics: tuple[tuple[str, tuple[str, ...]], ...]
    endings: tuple[str, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    needs: tuple[str, ...]
    steps: tuple[str, ...]
    visits: tuple[str, ...]
    again: tuple[str, str, str]  # a visit, a call and a deadline that come again
    leave: str
    methods: tuple[str, ...]
    on_account: str
    notes: tuple[str, ...]


GREEK = Words(
    topics=(
        ("Τιμές νέας περιόδου", (
            "Παρουσίασα τις νέες τιμές. Δέχονται αύξηση έως 3 % αν κρατήσουμε τις 60 ημέρες.",
            "Ζήτησαν τον τιμοκατάλογο σε Excel, για να τον συγκρίνουν με τον περσινό.",
            "Θεωρούν ακριβά τα είδη συσκευασίας. Ζητούν κλίμακα για ποσότητες άνω των δέκα παλετών.",
        )),
        ("Παράδοση παραγγελίας", (
            "Η παράδοση έγινε με δύο ημέρες καθυστέρηση. Τους εξήγησα τον λόγο και το δέχτηκαν.",
            "Ζητούν παράδοση κάθε Τρίτη πριν από τις 10:00, γιατί μετά δεν έχουν ράμπα.",
            "Έλειπαν τρία κιβώτια από την τελευταία παραγγελία. Το ερευνά η αποθήκη.",
        )),
        ("Εξόφληση τιμολογίων", (
            "Το λογιστήριο επιβεβαίωσε την πληρωμή για το τέλος της εβδομάδας.",
            "Ζητούν μία εβδομάδα ακόμη, γιατί περιμένουν επιστροφή ΦΠΑ.",
            "Διαφωνούν για ένα πιστωτικό που δεν το έχουν περάσει. Τους έστειλα αντίγραφο.",
        )),
        ("Προσφορά για νέα αποθήκη", (
            "Μεγαλώνουν την αποθήκη τον Μάρτιο. Χρειάζονται ράφια και δύο παλετοφόρα.",
            "Συζητήσαμε την κάτοψη. Θέλουν προσφορά με τοποθέτηση και εκπαίδευση προσωπικού.",
        )),
        ("Ψυκτικοί θάλαμοι", (
            "Ανάγκη για δύο ψυκτικούς θαλάμους από τον Μάρτιο. Αποφασίζει η οικονομική διεύθυνση.",
            "Η συντήρηση έγινε κανονικά. Ζητούν ετήσιο συμβόλαιο με σταθερή τιμή.",
        )),
        ("Παράπονο για ποιότητα", (
            "Δύο παρτίδες με χαμηλή αντοχή. Κράτησαν δείγμα και περιμένουν απάντηση.",
            "Το θέμα με τα χαρτοκιβώτια λύθηκε. Έμειναν ευχαριστημένοι από την ταχύτητα.",
        )),
        ("Απολογισμός τριμήνου", (
            "Είδαμε τα νούμερα του τριμήνου. Πάνε καλύτερα από πέρυσι, εκτός από την υγιεινή.",
            "Περιμένουν πτώση τον χειμώνα. Συμφωνήσαμε να ξαναδούμε τον στόχο τον Ιανουάριο.",
        )),
        ("Όροι πληρωμής", (
            "Ζητούν 90 ημέρες. Είπα ότι το όριο είναι 60 και ότι θα το εξετάσουμε με τη Διοίκηση.",
            "Συμφωνεί στις 60 ημέρες. Ζητά γραπτώς τους νέους όρους πριν από τη συνεδρίαση.",
        )),
        ("Νέο πρόσωπο στις προμήθειες", (
            "Ανέλαβε καινούργιο πρόσωπο στις προμήθειες. Γνωριμία και παρουσίαση της εταιρείας.",
            "Πρώτη συνάντηση. Θέλουν λιγότερους προμηθευτές και μία τιμολόγηση τον μήνα.",
        )),
        ("Δείγματα προϊόντων", (
            "Στάλθηκαν δείγματα απολυμαντικού. Θα τα δοκιμάσουν στην παραγωγή για δύο εβδομάδες.",
            "Τα δείγματα άρεσαν. Περιμένουν τιμή για εκατό τεμάχια τον μήνα.",
        )),
        ("Ετήσια συμφωνία", (
            "Συζήτηση για ετήσια συμφωνία με επιστροφή τζίρου 2 %. Θα απαντήσουν ως το τέλος του μήνα.",
            "Ζήτησαν σχέδιο σύμβασης. Το στέλνει η νομική υπηρεσία.",
        )),
        ("Επίσκεψη στις εγκαταστάσεις", (
            "Ξενάγηση στη νέα γραμμή παραγωγής. Προβλέπουν διπλάσια συσκευασία από το φθινόπωρο.",
            "Είδα την αποθήκη. Υπάρχει χώρος για απόθεμα ασφαλείας, αν συμφωνήσουμε στην τιμή.",
        )),
        ("Ανταγωνισμός", (
            "Έχουν προσφορά από ανταγωνιστή, φθηνότερη κατά 5 %. Μένουν μαζί μας για την παράδοση.",
            "Δοκίμασαν άλλον προμηθευτή στον καφέ και γύρισαν. Το προσωπικό προτιμά τον δικό μας.",
        )),
        ("Πιστωτικό όριο", (
            "Πλησιάζουν το πιστωτικό όριο. Συμφωνήσαμε να εξοφλήσουν τα παλιά πριν από τη νέα παραγγελία.",
            "Ζητούν αύξηση ορίου. Θα στείλουν τον ισολογισμό.",
        )),
    ),
    endings=(
        "Θα τους καλέσω ξανά την άλλη εβδομάδα.",
        "Να ενημερωθεί και το Τμήμα Υποστήριξης.",
        "Το κλίμα ήταν καλό.",
        "Εκκρεμεί η απάντηση της Διοίκησης.",
        "",
        "",
    ),
    ours=(
        "Αναθεωρημένοι όροι", "Πλάνο παραδόσεων", "Τιμή για εκατό τεμάχια", "Αντίγραφο πιστωτικού",
        "Προσφορά με τοποθέτηση", "Απάντηση για το παράπονο", "Σχέδιο σύμβασης",
    ),
    theirs=(
        "Σχέδιο χώρου", "Εξόφληση του παλαιότερου τιμολογίου", "Ισολογισμός", "Πρόβλεψη τριμήνου",
        "Υπογεγραμμένη σύμβαση", "Επιλογή χρωμάτων",
    ),
    needs=(
        "Δύο ψυκτικοί θάλαμοι από Μάρτιο", "Παραδόσεις δύο φορές την εβδομάδα",
        "Δεύτερος προμηθευτής για ανταλλακτικά", "Μικρότερες συσκευασίες",
        "Ηλεκτρονικά τιμολόγια", "Εκπαίδευση νέου προσωπικού",
    ),
    steps=(
        "Αποστολή αναθεωρημένων όρων", "Κλήση για την προσφορά", "Επίσκεψη στις εγκαταστάσεις",
        "Συμφωνία υπολοίπου με το λογιστήριο", "Παρουσίαση νέων προϊόντων",
        "Απάντηση για τους χρόνους παράδοσης", "Προετοιμασία ετήσιας συμφωνίας",
        "Υπενθύμιση πληρωμής",
    ),
    again=("Επίσκεψη: απόθεμα και παραγγελία", "Εβδομαδιαία κλήση", "Αναφορά μήνα στη Διοίκηση"),
    leave="Χειμερινή άδεια",
    visits=(
        "Επίσκεψη: παραγγελία του μήνα", "Επίσκεψη: νέα προσφορά", "Συνάντηση: όροι του έτους",
        "Επίσκεψη: παράπονο για την ποιότητα", "Κλήση: επιβεβαίωση πληρωμής",
    ),
    methods=("Κατάθεση", "Κατάθεση", "Κατάθεση", "Επιταγή", "Κάρτα"),
    on_account="Έναντι λογαριασμού",
    notes=("Προτιμούν επικοινωνία το πρωί.", "Κλειστά τον Αύγουστο.", "Θέλουν ένα τιμολόγιο τον μήνα."),
)  # fmt: skip

ENGLISH = Words(
    topics=(
        ("Prices of the new season", (
            "Presented the new prices. They accept up to 3 % more if we keep the 60 days.",
            "They asked for the price list in Excel, to compare it with last year's.",
            "They find packaging expensive and ask for a scale above ten pallets.",
        )),
        ("Delivery of the order", (
            "The delivery came two days late. I explained why and they accepted it.",
            "They want deliveries on Tuesdays before 10:00; later the ramp is taken.",
            "Three boxes were missing from the last order. The warehouse is looking into it.",
        )),
        ("Payment of invoices", (
            "Accounts confirmed the payment for the end of the week.",
            "They ask for one more week, because they wait for a VAT refund.",
            "They dispute a credit note that they have not booked. I sent them a copy.",
        )),
        ("Offer for a new warehouse", (
            "They extend the warehouse in March and need racks and two pallet trucks.",
            "We went through the floor plan. They want an offer with fitting and training.",
        )),
        ("Cold rooms", (
            "They need two cold rooms from March. Finance decides.",
            "The service went well. They ask for a yearly contract at a fixed price.",
        )),
        ("Complaint about quality", (
            "Two batches were too weak. They kept a sample and wait for an answer.",
            "The matter of the cartons is settled. They were pleased with the speed.",
        )),
        ("Review of the quarter", (
            "We went through the quarter. Better than last year, except for hygiene.",
            "They expect a weak winter. We agreed to look at the target again in January.",
        )),
        ("Payment terms", (
            "They ask for 90 days. I said that 60 is the limit and that we would see.",
            "They agree to 60 days and want the new terms in writing before the board meets.",
        )),
        ("New person in purchasing", (
            "Somebody new took over purchasing. Introduced myself and the company.",
            "First meeting. They want fewer suppliers and one invoice a month.",
        )),
        ("Product samples", (
            "Sent samples of the disinfectant. They try them in production for two weeks.",
            "They liked the samples and wait for a price for a hundred a month.",
        )),
        ("Yearly agreement", (
            "Talked about a yearly agreement with a rebate of 2 %. They answer by the end of the month.",
            "They asked for a draft contract. Legal will send it.",
        )),
        ("Visit to the plant", (
            "Saw the new production line. They expect twice the packaging from autumn.",
            "Saw the warehouse. There is room for a safety stock, if we agree on the price.",
        )),
        ("Competition", (
            "They have an offer from a competitor, 5 % cheaper. They stay with us for delivery.",
            "They tried another supplier for coffee and came back. The staff prefer ours.",
        )),
        ("Credit limit", (
            "They are close to their credit limit. The old invoices are paid before the next order.",
            "They ask for a higher limit and will send the balance sheet.",
        )),
    ),
    endings=(
        "I will call again next week.",
        "Support should know about it too.",
        "The mood was good.",
        "Management's answer is pending.",
        "",
        "",
    ),
    ours=(
        "Revised terms", "Delivery plan", "Price for a hundred", "Copy of the credit note",
        "Offer with fitting", "Answer to the complaint", "Draft contract",
    ),
    theirs=(
        "Floor plan", "Payment of the oldest invoice", "Balance sheet", "Forecast of the quarter",
        "Signed contract", "Choice of colours",
    ),
    needs=(
        "Two cold rooms from March", "Deliveries twice a week",
        "A second supplier for spare parts", "Smaller packages",
        "Electronic invoices", "Training for new staff",
    ),
    steps=(
        "Send the revised terms", "Call about the offer", "Visit the plant",
        "Agree the balance with accounts", "Present new products", "Answer about delivery times",
        "Prepare the yearly agreement", "Payment reminder",
    ),
    again=("Visit: stock and order", "Weekly call", "Report of the month to management"),
    leave="Winter leave",
    visits=(
        "Visit: order of the month", "Visit: new offer", "Meeting: terms of the year",
        "Visit: complaint about quality", "Call: confirm the payment",
    ),
    methods=("Bank transfer", "Bank transfer", "Bank transfer", "Cheque", "Card"),
    on_account="On account",
    notes=("They prefer to talk in the morning.", "Closed in August.", "They want one invoice a month."),
)  # fmt: skip

SEASONS: dict[str, tuple[float, ...]] = {
    "even": (0.92, 0.94, 1.0, 1.0, 1.03, 1.04, 1.0, 0.72, 1.06, 1.1, 1.1, 1.09),
    "summer": (0.35, 0.45, 0.75, 1.15, 1.5, 1.75, 1.8, 1.5, 1.15, 0.7, 0.45, 0.45),
    "winter": (1.05, 1.0, 0.95, 0.85, 0.8, 0.8, 0.75, 0.55, 1.05, 1.3, 1.45, 1.45),
    "spring": (0.75, 0.95, 1.25, 1.35, 1.35, 1.15, 1.0, 0.6, 1.0, 1.0, 0.85, 0.75),
}
