# Models of many structures on the reference data: random terms of every kind, formulas of every kind.
# Run in this folder: Rscript make_structures.R   (writes structures.json; about two minutes)
suppressMessages({library(lme4); library(lmerTest); library(pbkrtest); library(jsonlite); library(performance)})
options(contrasts = c("contr.treatment", "contr.poly"), warn = -1)
Sys.setlocale("LC_COLLATE", "C")
models <- list(
  list("sleepstudy.csv", "Subject", "Reaction ~ I(Days^2) + log(Days + 1) + (1 + Days | Subject)"),
  list("sleepstudy.csv", "Subject", "Reaction ~ scale(Days) + (scale(Days) | Subject)"),
  list("sleepstudy.csv", "Subject", "Reaction ~ 0 + Days + (0 + Days | Subject)"),
  list("sleepstudy.csv", "Subject", "Reaction ~ offset(10 * Days) + (Days || Subject)"),
  list("penicillin.csv", c("plate", "sample"), "diameter ~ sample + (1 | plate)"),
  list("penicillin.csv", c("plate", "sample"), "diameter ~ 0 + sample + (1 | plate)"),
  list("pastes.csv", c("batch", "cask"), "strength ~ cask + (1 | batch) + (1 | batch:cask)"),
  list("pastes.csv", c("batch", "cask"), "strength ~ 1 + (1 | batch) + (1 | cask)"),
  list("pastes.csv", c("batch", "cask"), "strength ~ cask + (0 + cask | batch)"),
  list("orthodont.csv", c("Subject", "Sex"), "distance ~ Sex / age + (age | Subject)"),
  list("orthodont.csv", c("Subject", "Sex"), "distance ~ Sex:age + (1 | Subject)"),
  list("orthodont.csv", c("Subject", "Sex"), "distance ~ age + Sex + (1 | Subject) + (0 + age | Subject)"),
  list("orthodont.csv", c("Subject", "Sex"), "distance ~ factor(age) * Sex + (1 | Subject)"),
  list("mice_balanced.csv", c("mouse", "treatment"), "y ~ treatment + depth + (depth | mouse)"),
  list("mice_unbalanced.csv", c("mouse", "treatment"), "y ~ (treatment + depth)^2 + (1 | mouse)"),
  list("mice_three.csv", c("mouse", "group", "condition"), "y ~ condition + (1 | mouse / condition)"),
  list("mice_three.csv", c("mouse", "group", "condition"), "y ~ condition + (condition || mouse)"),
  list("ovary.csv", "Mare", "follicles ~ sin_t + cos_t + (sin_t + cos_t | Mare)"))
unbalanced <- list( # data of make_unbalanced.py
  school.csv = c(
    "y ~ x + f + (1 | region/school/cls)", "y ~ x * f * s + (1 | sid)", "y ~ f + (f || sid)", "y ~ f:x + (1 | sid)",
    "y ~ -1 + f + x:f + (1 | sid)", "y ~ f * x - x + (1 | sid)", "y ~ s + (s | sid)", "y ~ f / (x + w) + (1 | sid)",
    "y ~ f:s + (1 | sid)", "y ~ region + sid + (1 | cid)", "y ~ x + (x || region/school)",
    "y ~ scale(x) * scale(w) + (scale(x) | sid)", "y ~ I(x - 3) + (I(x - 3) | sid)", "log(yp) ~ x + (1 | sid)",
    "y ~ offset(w) + offset(x / 2) + f + (1 | sid)", "y ~ (x + f) * s + (1 | region) + (1 | sid)"),
  holes.csv = c("y ~ x * s + (x | sid)", "y ~ w + (1 | region/school)", "y ~ x + f + (1 | sid)"),
  met_at_random.csv = c(
    "y ~ x * t + (x | a) + (1 | b)", "y ~ x + (x || a) + (t | b)", "y ~ t + (0 + t | a) + (0 + t || b)",
    "y ~ 0 + t + t:x + (1 | a) + (x | b)"))
for (file in names(unbalanced)) for (f in unbalanced[[file]]) models[[length(models) + 1]] <- list(file, character(0), f)
num <- function(x) as.list(x)
quiet <- function(e) suppressMessages(suppressWarnings(e))
control <- lmerControl(optimizer = "bobyqa", calc.derivs = FALSE, optCtrl = list(rhoend = 1e-9, maxfun = 1e5))
out <- list()
for (m in models) for (REML in c(TRUE, FALSE)) {
  .dat <<- read.csv(file.path("data", m[[1]]), stringsAsFactors = TRUE); for (f in m[[2]]) .dat[[f]] <- factor(.dat[[f]])
  fit <- quiet(eval(substitute(lme4::lmer(F, data = .dat, REML = R, control = control), list(F = as.formula(m[[3]]), R = REML))))
  one <- list(data = m[[1]], factors = I(m[[2]]), formula = m[[3]], REML = REML, loglik = as.numeric(logLik(fit)),
              fixef = num(fixef(fit)), se = num(setNames(sqrt(diag(as.matrix(vcov(fit)))), names(fixef(fit)))),
              groups = I(names(fit@cnms)), theta = I(unname(getME(fit, "theta"))), sigma = sigma(fit),
              nobs = nobs(fit), singular = isSingular(fit, tol = 1e-5))
  # performance leaves out slopes that are not fixed effects, too, and the second term of a group
  if (all(unlist(fit@cnms) %in% names(fixef(fit))) && !anyDuplicated(names(fit@cnms))) {
    r2 <- quiet(performance::r2_nakagawa(fit))
    one$r2 <- list(marginal = unname(r2$R2_marginal), conditional = unname(r2$R2_conditional)) }
  if (REML) { lt <- quiet(as_lmerModLmerTest(fit))
    df <- function(ddf) { s <- quiet(coef(summary(lt, ddf = ddf))); num(setNames(s[, "df"], rownames(s))) }
    F <- function(ddf) { a <- as.data.frame(quiet(anova(lt, type = 3, ddf = ddf))); lapply(setNames(rownames(a), rownames(a)), function(r) list(F = a[r, "F value"], dendf = a[r, "DenDF"])) }
    one$satterthwaite <- df("Satterthwaite"); one$kenward_roger <- df("Kenward-Roger")
    one$anova_satterthwaite <- F("Satterthwaite"); one$anova_kenward_roger <- F("Kenward-Roger") }
  out[[length(out) + 1]] <- one
}
write(toJSON(out, auto_unbox = TRUE, digits = NA, na = "null", pretty = TRUE), "structures.json")
