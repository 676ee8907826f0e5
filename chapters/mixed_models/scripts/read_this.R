library(lmerTest)

mice <- read.csv("mice.csv")
fit <- lmer(expr ~ treat + time + (1 | mouse), data = mice)
coef(summary(fit, ddf = "Kenward-Roger"))
