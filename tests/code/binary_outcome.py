import pandas as pd
from statsmodels.genmod.bayes_mixed_glm import BinomialBayesMixedGLM

trial = pd.read_csv("clinics.csv")
trial["decade"] = (trial["age"] - 60) / 10
model = BinomialBayesMixedGLM.from_formula(
    "recovered ~ C(arm, Treatment('usual')) + decade", {"clinic": "0 + C(clinic)"}, trial
)
print(model.fit_vb().summary())
