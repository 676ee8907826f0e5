import pandas as pd
import statsmodels.formula.api as smf

mice = pd.read_csv("mice.csv")
model = smf.mixedlm("expr ~ treat + time", mice, groups="mouse")
fit = model.fit(reml=True)
print(fit.summary())

between, within = fit.cov_re.iloc[0, 0], fit.scale
print(f"ICC: {between / (between + within):.3f}")
