import pandas as pd
import statsmodels.formula.api as smf

mice = pd.read_csv("mice.csv")
model = smf.mixedlm(
    "expr ~ time",
    mice,
    groups="mouse",
    re_formula="~time",
)
fit = model.fit(method="lbfgs")  # the default stops short here
print(fit.cov_re.round(4))  # variance components
print(fit.fe_params.round(4))  # fixed effects
apart = pd.DataFrame(fit.random_effects).T  # BLUPs
print(apart.head(4).round(4))
