library(lme4)
library(performance)

mice <- read.csv("mice.csv")
fit <- lmer(expr ~ treat + time + (1 | mouse), data = mice)
icc(fit)            # adjusted and unadjusted
r2_nakagawa(fit)    # marginal and conditional
