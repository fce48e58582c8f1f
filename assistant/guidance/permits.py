"""Permits that CVs name, as the skills of the JobTech Taxonomy that they are."""

# By the codes of `retrieval/cv/licences.py`. The taxonomy has no concept for the others.
PERMITS = {
    "truck": "CiMi_7ax_tXs",  # Utbildningsbevis enligt TLP 10 för truckförare
    "hot_work": "Q7eC_B7g_QiU",  # Certifikat, heta arbeten
    "ykb": "imVM_9XE_Rrm",  # Yrkeskompetensbevis för förare (YKB)
    "adr": "KwWd_Ffq_2kE",  # ADR-intyg
    "taxi": "Tpvt_9yv_KAw",  # Taxiförarlegitimation
    "guard": "sjyJ_XPV_rXU",  # Ordningsvaktsförordnande
    "slinging": "ynWd_oCo_o61",  # Utbildningsbevis, säkra lyft
    "chainsaw": "ba8g_LRR_Sj2",  # Utbildning på motorsåg
    "teaching": "yKnk_W7X_Zvk",  # Lärarlegitimation
    "nursing": "dJa5_Nao_mDS",  # Legitimation som sjuksköterska
}
