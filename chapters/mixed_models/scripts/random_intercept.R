library(lmerTest)  # lme4, with p-values

mice <- read.csv("mice.csv")
fit <- lmer(expr ~ treat + time + (1 | mouse), data = mice)
summary(fit, ddf = "Kenward-Roger", correlation = FALSE)

v <- as.data.frame(VarCorr(fit))
cat("ICC:", round(v$vcov[1] / sum(v$vcov), 3), "\n")
