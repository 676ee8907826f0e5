import pandas as pd
import statsmodels.formula.api as smf
from scipy.stats import chi2

mice = pd.read_csv("mice.csv")
null = smf.mixedlm("expr ~ time", mice, groups="mouse")
full = smf.mixedlm("expr ~ treat + time", mice, groups="mouse")
gain = full.fit(reml=False).llf - null.fit(reml=False).llf
p = chi2.sf(2 * gain, 1)
print(f"chi2 = {2 * gain:.3f}, df = 1, p = {p:.4f}")
