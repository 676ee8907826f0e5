library(lme4)

mice <- read.csv("mice.csv")
null <- lmer(expr ~ time + (1 | mouse),
             data = mice, REML = FALSE)
full <- lmer(expr ~ treat + time + (1 | mouse),
             data = mice, REML = FALSE)
anova(null, full)
