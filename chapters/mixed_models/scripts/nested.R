library(lmerTest)

cells <- read.csv("nested.csv")
coef(summary(lm(y ~ treatment, data = cells)))

fit <- lmer(y ~ treatment + (1 | mouse), data = cells)
coef(summary(fit, ddf = "Kenward-Roger"))
VarCorr(fit)
