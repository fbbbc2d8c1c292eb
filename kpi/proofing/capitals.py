"""Capitals: words that stand beside names, and words in capitals that are nobody's name."""

from kpi.proofing.tokens import listed

KIN = listed(
    "mother father mum dad mummy daddy parents parent brother brothers sister sisters sibling "
    "siblings gran nan grandmother grandfather grandparents grandparent aunt uncle cousin "
    "stepfather stepmother stepdad stepmum baby twin twins son daughter birthday boyfriend "
    "girlfriend partner nephew niece"
)
CALLED = listed(
    "child baby boy girl daughter son brother sister twin called named toddler teenager"
)
FAMILY = listed(
    "siblings sibling family children twins brothers sisters household boys girls triplets"
)
TITLES = listed("mr mrs ms miss master")
POSTS = listed(
    "head manager director officer lead leader chair worker practitioner nurse doctor "
    "coordinator co-ordinator adviser advisor councillor cllr consultant supervisor "
    "commissioner administrator superintendent inspector sergeant principal deputy assistant "
    "service owner owners auditor guardian judge member minister professor dr prof sir lord "
    "lady dame teacher headteacher dentist iro reviewing psychologist therapist analyst "
    "trainer mentor ambassador clerk secretary partner responsible action"
)
NAMED_AFTER = listed(
    "award awards trust foundation charity house centre center hub street school programme "
    "scheme project report review inquiry model framework law act method unit ward nursery "
    "college academy hospital court road avenue lane society fund institute clinic home lodge "
    "hall review's principle principles rule theory scale test tool team service services "
    "partnership park green square building garden gardens café cafe club church playgroup "
    "library theatre festival room suite practice surgery university foundation's consulting "
    "associates recommendations judgment judgement standard standards competence competent "
    "guidelines assessment-tool eve day"
)
PLACES_BEFORE = listed("from in near via towards")
ABBREVIATIONS = frozenset(
    [
        "CP",
        "GP",
        "IT",
        "HR",
        "SW",
        "TM",
        "AD",
        "QA",
        "PA",
        "UK",
        "EU",
        "SN",
        "EH",
        "YP",
        "CE",
        "ED",
        "PE",
        "AI",
        "MP",
        "NI",
        "LA",
        "DV",
        "DA",
        "TA",
        "ID",
        "OK",
        "AM",
        "PM",
        "HQ",
        "IP",
        "OT",
        "PT",
        "FT",
        "CW",
        "LO",
        "PC",
        "PS",
        "RO",
        "SM",
        "SG",
        "EP",
        "FE",
        "HE",
        "OR",
        "TV",
        "US",
        "MH",
        "SV",
        "DS",
        "VS",
        "NB",
        "PR",
        "CV",
        "BI",
        "KS",
        "RE",
        "SA",
        "LD",
        "PD",
        "AF",
        "CD",
        "HO",
        "NO",
        "JD",
        "JE",
        "ER",
        "ME",
        "RD",
        "ST",
        "PH",
        "GB",
        "CQ",
        "LP",
        "KP",
        "TF",
        "SP",
        "SO",
        "RA",
        "DO",
        "BE",
        "CO",
        "FP",
        "FC",
        "FM",
        "GM",
        "CM",
        "BM",
        "RM",
        "DM",
        "EM",
        "ES",
        "IF",
        "IN",
        "IS",
        "AN",
        "AS",
        "AT",
        "BY",
        "TO",
        "UP",
        "WE",
        "MY",
        "OF",
        "ON",
        "HA",
        "WM",
        "AP",
        "DP",
        "TP",
        "LM",
        "PP",
        "RI",
        "II",
        "IV",
        "VI",
        "IX",
        "XI",
        "FG",
        "TL",
    ]
)
PLANS = listed("CP LAC CIN CLA CIC SEN SEND EHC EHCP PEP DV DA MH SW IRO CWD PLO FGC")
OF_A_CHILD = listed(
    "whose mother father mum dad aged placed case child boy girl his her sibling brother "
    "sister parents he she carer carers baby young person"
)

# Capitals that are nobody's surname before 'family' or 'children', and nobody's name after 'child'.
COMMON = listed(
    "havering romford hornchurch upminster rainham barking dagenham redbridge bexley newham "
    "london essex kent england early help local young looked after youth child children's "
    "family families adult public best first new safeguarding mockingbird strengthening "
    "supporting troubled special edge ofsted council department improvement home care plan "
    "board panel service team social protection arrangements assessment practice framework in "
    "sexual exploitation criminal mental health wellbeing and i a the pause reunification "
    "fostering kinship corporate easter christmas summer winter spring autumn sunday monday "
    "tuesday wednesday thursday friday saturday"
)
NATIONS = listed(
    "afghan afghanistan albanian albania algerian american arab arabic asian bangladeshi "
    "bangladesh black bulgarian bulgaria caribbean chinese china congolese congo czech "
    "egyptian egypt eritrean eritrea ethiopian ethiopia french gambian georgian german "
    "ghanaian ghana greek guinean gypsy hindu hungarian indian india iranian iran iraqi iraq "
    "irish italian jamaican jamaica jewish kosovan kosovo kurdish kurd latvian lebanese "
    "libyan lithuanian lithuania mongolian moroccan muslim nepali nigerian nigeria pakistani "
    "pakistan palestinian pashto polish poland portuguese portugal roma romany romanian "
    "romania russian russia rwandan senegalese sikh slovak slovakian somali somalia somalian "
    "spanish sudanese sudan syrian syria tamil traveller travellers turkish turkey ugandan "
    "ukrainian ukraine vietnamese vietnam white yemeni yemen zimbabwean zimbabwe "
    "eastern-european christian catholic hazara tigrinya mixed-race dual-heritage"
)
