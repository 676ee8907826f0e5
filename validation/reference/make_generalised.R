# Generalised mixed models of many structures: lme4 and glmmTMB on reference data and on data sets of these packages.
# Run in this folder: Rscript make_generalised.R   (writes data/*.csv and generalised.json; about a minute)
suppressMessages({library(lme4); library(glmmTMB); library(jsonlite)})
options(warn = -1, contrasts = c("contr.treatment", "contr.poly")); Sys.setlocale("LC_COLLATE", "C")
keep <- function(d, columns, file) write.csv(d[, columns], file.path("data", file), row.names = FALSE, quote = FALSE)
data(grouseticks, package = "lme4"); d <- grouseticks; d$height <- round(d$HEIGHT - mean(d$HEIGHT), 3)
keep(d, c("INDEX", "TICKS", "BROOD", "YEAR", "LOCATION", "height"), "grouseticks.csv")
data(Salamanders, package = "glmmTMB"); keep(Salamanders, c("site", "mined", "spp", "count"), "salamanders.csv")
data(Owls, package = "glmmTMB"); d <- Owls; d$Nest <- gsub(" ", "", d$Nest)
keep(d, c("Nest", "FoodTreatment", "SexParent", "ArrivalTime", "SiblingNegotiation", "BroodSize"), "owls.csv")
data(Arabidopsis, package = "lme4"); d <- Arabidopsis; names(d)[names(d) == "total.fruits"] <- "fruits"
keep(d, c("popu", "gen", "rack", "nutrient", "amd", "status", "fruits"), "arabidopsis.csv")
set.seed(1); d <- expand.grid(item = 1:12, person = 1:30); d$x <- round(rnorm(360), 4)
d$y <- rbinom(360, 1, plogis(0.3 + 0.5 * d$x + rnorm(30)[d$person] + 0.7 * rnorm(12)[d$item])); keep(d, names(d), "crossed.csv")
set.seed(2); d <- data.frame(g = rep(1:4, each = 3)); d$x <- round(rnorm(12), 4); d$y <- rpois(12, 2); keep(d, names(d), "tiny.csv")
plants <- c("popu", "gen", "rack", "nutrient", "amd", "status"); owls <- c("Nest", "FoodTreatment", "SexParent")
sites <- c("site", "mined", "spp"); ticks <- c("INDEX", "BROOD", "YEAR", "LOCATION"); people <- c("item", "person"); patients <- c("subject", "trt")
models <- list(   # data, factors, formula, family, link, ziformula (NA: lme4), points
  list("grouseticks.csv", ticks, "TICKS ~ YEAR + height + (1 | BROOD) + (1 | INDEX) + (1 | LOCATION)", "poisson", "log", NA, 1),
  list("grouseticks.csv", ticks, "TICKS ~ YEAR + height + (1 | LOCATION / BROOD)", "poisson", "log", NA, 1),
  list("cbpp.csv", c("herd", "period"), "cbind(incidence, size - incidence) ~ period + (1 | herd)", "binomial", "cloglog", NA, 1),
  list("cbpp.csv", c("herd", "period"), "cbind(incidence, size - incidence) ~ period + (1 | herd)", "binomial", "cloglog", NA, 11),
  list("crossed.csv", people, "y ~ x + (1 | person) + (1 | item)", "binomial", "logit", NA, 1),
  list("crossed.csv", people, "y ~ x + (x | person) + (1 | item)", "binomial", "logit", NA, 1),
  list("crossed.csv", people, "y ~ x + (x || person) + (0 + x | item)", "binomial", "probit", NA, 1),
  list("epil.csv", patients, "y ~ trt + offset(lbase) + (0 + V4 | subject)", "poisson", "log", NA, 1),
  list("epil.csv", patients, "y ~ trt + offset(lbase) + (0 + V4 | subject)", "poisson", "log", NA, 7),
  list("epil.csv", patients, "y ~ lbase * trt + lage + (V4 || subject)", "poisson", "log", NA, 1),
  list("tiny.csv", "g", "y ~ x + (1 | g)", "poisson", "log", NA, 1),
  list("arabidopsis.csv", plants, "fruits ~ nutrient * amd + rack + status + (1 | popu) + (1 | gen)", "poisson", "log", NA, 1),
  list("arabidopsis.csv", plants, "fruits ~ nutrient * amd + rack + status + (amd * nutrient | popu) + (amd * nutrient | gen)", "poisson", "log", NA, 1),
  list("ohio.csv", "id", "resp ~ age * smoke + (1 | id)", "binomial", "probit", NA, 15),
  list("salamanders.csv", sites, "count ~ mined + (1 | site)", "poisson", "log", "~ spp", 1),
  list("salamanders.csv", sites, "count ~ spp * mined + (1 | site)", "nbinom2", "log", "~ 0", 1),
  list("salamanders.csv", sites, "count ~ spp + mined + (1 | site)", "nbinom2", "log", "~ mined", 1),
  list("salamanders.csv", sites, "count ~ mined + (1 | site) + (1 | spp)", "nbinom2", "log", "~ 1", 1),
  list("owls.csv", owls, "SiblingNegotiation ~ FoodTreatment + ArrivalTime + offset(log(BroodSize)) + (1 | Nest)", "poisson", "log", "~ 1", 1),
  list("owls.csv", owls, "SiblingNegotiation ~ FoodTreatment * SexParent + ArrivalTime + offset(log(BroodSize)) + (FoodTreatment | Nest)", "nbinom2", "log", "~ FoodTreatment", 1),
  list("arabidopsis.csv", plants, "fruits ~ nutrient * amd + rack + status + (1 | popu) + (1 | gen)", "nbinom2", "log", "~ 0", 1))
num <- function(x) as.list(x); roots <- function(V) num(setNames(sqrt(diag(as.matrix(V))), rownames(as.matrix(V))))
# the tightest inner tolerance at which PIRLS does not fail of rounding; at 1e-12 it leaves noise in the Hessian
by_lme4 <- function(formula, family, points) { for (tolerance in c(1e-11, 1e-10, 1e-8)) {
    control <- glmerControl(optimizer = "bobyqa", tolPwrss = tolerance, optCtrl = list(rhoend = 1e-8, maxfun = 1e5))
    fit <- tryCatch(suppressMessages(glmer(formula, .dat, family = family, nAGQ = points, control = control)), error = function(e) NULL)
    if (!is.null(fit)) break }
  f <- family(fit); y <- getME(fit, "y"); w <- weights(fit, "prior"); saturated <- 0
  if (points > 1) saturated <- switch(f$family, binomial = sum(dbinom(round(y * w), round(w), y, log = TRUE)), poisson = sum(dpois(y, y, log = TRUE)))
  list(loglik = as.numeric(logLik(fit)) + saturated, fixef = num(fixef(fit)), se = roots(vcov(fit)), theta = I(unname(getME(fit, "theta"))),
       groups = I(names(fit@cnms)), singular = isSingular(fit)) }
by_glmmTMB <- function(formula, family, zeros) { fit <- suppressMessages(glmmTMB(formula, ziformula = as.formula(zeros), data = .dat, family = family))
  vc <- VarCorr(fit)$cond
  list(loglik = as.numeric(logLik(fit)), fixef = num(fixef(fit)$cond), se = roots(vcov(fit)$cond), sd = lapply(vc, function(v) num(attr(v, "stddev"))),
       zi_fixef = num(fixef(fit)$zi), nbinom2_theta = if (family$family == "nbinom2") sigma(fit) else NULL) }
out <- list()
for (m in models) {
  .dat <- read.csv(file.path("data", m[[1]])); for (f in m[[2]]) .dat[[f]] <- factor(.dat[[f]])
  family <- switch(m[[4]], binomial = binomial(m[[5]]), poisson = poisson(), nbinom2 = nbinom2())
  found <- if (is.na(m[[6]])) by_lme4(as.formula(m[[3]]), family, m[[7]]) else by_glmmTMB(as.formula(m[[3]]), family, m[[6]])
  known <- list(data = m[[1]], factors = I(m[[2]]), formula = m[[3]], family = m[[4]], link = m[[5]], ziformula = if (is.na(m[[6]])) NULL else m[[6]], nAGQ = m[[7]])
  out[[length(out) + 1]] <- c(known, found)
}
write(toJSON(out, auto_unbox = TRUE, digits = NA, na = "null", null = "null", pretty = TRUE), "generalised.json")
