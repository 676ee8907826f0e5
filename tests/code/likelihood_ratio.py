import pandas as pd
import statsmodels.formula.api as smf
from scipy.stats import chi2

mice = pd.read_csv("mice.csv")
null = smf.mixedlm("expr ~ time", mice, groups="mouse").fit(reml=False)
full = smf.mixedlm("expr ~ treat + time", mice, groups="mouse").fit(reml=False)
ratio = 2 * (full.llf - null.llf)
print(f"chi2 = {ratio:.3f}, df = 1, p = {chi2.sf(ratio, 1):.4f}")
