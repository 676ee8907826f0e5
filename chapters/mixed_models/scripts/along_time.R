library(nlme)
options(digits = 5)

patients <- read.csv("patients.csv")
treat <- factor(patients$treat)
patients$treat <- relevel(treat, ref = "usual")
levels <- lme(hba1c ~ time * treat, random = ~ 1 | patient,
              data = patients)
slopes <- update(levels, random = ~ 1 + time | patient)

fades <- corAR1(form = ~ time | patient)  # AR(1) along time
levels_ar1 <- update(levels, correlation = fades)
slopes_ar1 <- update(slopes, correlation = fades)
anova(levels, levels_ar1)
anova(slopes, slopes_ar1)
round(coef(summary(slopes)), 4)
