library(glmmTMB)

fields <- read.csv("fields.csv")
p <- glmmTMB(foci ~ treat + (1 | mouse), data = fields,
             family = poisson)
nb <- update(p, family = nbinom2)
zi <- update(nb, ziformula = ~ 1)  # zeros besides
AIC(p, nb, zi)
coef(summary(zi))$cond  # on the log scale
plogis(fixef(zi)$zi)    # share of blank fields
