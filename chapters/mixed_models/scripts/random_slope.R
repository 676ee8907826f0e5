library(lme4)

mice <- read.csv("mice.csv")
fit <- lmer(expr ~ time + (1 + time | mouse), data = mice)
VarCorr(fit)                # variance components
fixef(fit)                  # fixed effects
head(ranef(fit)$mouse, 4)   # how each mouse differs (BLUPs)
