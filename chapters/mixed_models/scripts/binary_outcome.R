library(lme4)

trial <- read.csv("clinics.csv")
trial$arm <- relevel(factor(trial$arm), ref = "usual")
trial$decade <- (trial$age - 60) / 10  # eases the fit
fit <- glmer(recovered ~ arm + decade + (1 | clinic),
             data = trial, family = binomial)
summary(fit, correlation = FALSE)
