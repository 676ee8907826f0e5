import pandas as pd
import statsmodels.api as sm
from scipy.stats import t

trial = pd.read_csv("clinics.csv")
trial["new"] = (trial["arm"] == "new").astype(int)
trial["decade"] = (trial["age"] - 60) / 10
model = sm.GEE.from_formula(
    "recovered ~ new + decade",
    groups="clinic",
    data=trial,
    family=sm.families.Binomial(),
    cov_struct=sm.cov_struct.Exchangeable(),
)
print(model.fit().summary().tables[1])

# Twenty clinics are few: Mancl and DeRouen's correction,
# and t with 20 - 2 degrees of freedom
few = model.fit(cov_type="bias_reduced")
p = 2 * t.sf(abs(few.params / few.bse), df=18)
table = {"estimate": few.params, "se": few.bse, "p": p}
print(pd.DataFrame(table).round(4))
