import pandas as pd
from statsmodels.genmod import bayes_mixed_glm

trial = pd.read_csv("clinics.csv")
trial["new"] = (trial["arm"] == "new").astype(int)
trial["decade"] = (trial["age"] - 60) / 10
model = bayes_mixed_glm.BinomialBayesMixedGLM.from_formula(
    "recovered ~ new + decade",
    {"clinic": "0 + C(clinic)"},
    trial,
)
print(model.fit_vb().summary())
