library(lmerTest)
library(pbkrtest)  # Kenward-Roger

mice <- read.csv("mice.csv")
fit <- lmer(expr ~ treat + time + (1 | mouse), data = mice)
coef(summary(fit, ddf = "Satterthwaite"))
coef(summary(fit, ddf = "Kenward-Roger"))

without <- update(fit, . ~ . - treat)
KRmodcomp(fit, without)
