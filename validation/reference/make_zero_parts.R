# Zero-inflated counts with predictors of the zeros, by glmmTMB from several starting points, the best of which counts.
# Run in this folder: Rscript make_zero_parts.R   (writes data/salamanders_sites.csv and zero_parts.json)
suppressMessages({library(glmmTMB); library(jsonlite)})
invisible(Sys.setlocale("LC_COLLATE", "C")); options(warn = -1)
data(Salamanders)
s <- data.frame(site = as.character(Salamanders$site), mined = as.character(Salamanders$mined), cover = Salamanders$cover, DOP = Salamanders$DOP,
                spp = as.character(Salamanders$spp), count = Salamanders$count)
for (v in c("cover", "DOP")) s[[v]] <- as.numeric(format(s[[v]], digits = 15))
write.csv(s, "data/salamanders_sites.csv", row.names = FALSE, quote = FALSE)
s <- read.csv("data/salamanders_sites.csv", stringsAsFactors = TRUE)
fit <- function(f, z, family) {
  zi <- ncol(model.matrix(as.formula(z), s)); set.seed(1)
  starts <- c(list(NULL), lapply(1:4, function(i) list(betazi = c(runif(1, -3, 1), rnorm(zi - 1)))))
  control <- glmmTMBControl(optCtrl = list(iter.max = 2000, eval.max = 2000, rel.tol = 1e-14))
  all <- lapply(starts, function(st) try(glmmTMB(as.formula(f), s, ziformula = as.formula(z), family = family, start = st, control = control), silent = TRUE))
  ll <- sapply(all, function(m) if (inherits(m, "try-error")) NA else -m$fit$objective)
  m <- all[[which.max(ll)]]; obj <- m$obj; par <- m$fit$par
  for (i in 1:20) { g <- as.vector(obj$gr(par)); H <- optimHess(par, obj$fn, obj$gr, control = list(ndeps = rep(1e-5, length(par)))); step <- solve(H, g)
    par <- par - step; if (max(abs(step)) < 1e-11) break }
  V <- solve(optimHess(par, obj$fn, obj$gr, control = list(ndeps = rep(1e-4, length(par))))); se <- sqrt(diag(V))
  named <- function(kind, values) { v <- values[names(par) == kind]; names(v) <- names(fixef(m)[[c(beta = "cond", betazi = "zi")[[kind]]]]); as.list(v) }
  cat(f, z, family$family, "default start", ll[1], "best", max(ll, na.rm = TRUE), "worse", sum(ll < max(ll, na.rm = TRUE) - 1e-3, na.rm = TRUE), "polished", -obj$fn(par), "\n")
  list(formula = f, ziformula = z, family = family$family, loglik = -as.numeric(obj$fn(par)), loglik_default_start = ll[1],
       fixef = named("beta", par), se = named("beta", se), zi_fixef = named("betazi", par), zi_se = named("betazi", se),
       theta = unname(if ("betad" %in% names(par)) exp(par[names(par) == "betad"]) else NA)) }
out <- list(
  fit("count ~ mined + cover + DOP + (1 | site)", "~ mined + cover", nbinom2()),
  fit("count ~ mined + (1 | site)", "~ mined", nbinom2()),
  fit("count ~ mined + DOP + (1 | site)", "~ cover", nbinom2()),
  fit("count ~ spp * mined + (1 | site)", "~ spp + mined", poisson()),
  fit("count ~ mined + cover + (1 | site)", "~ mined + cover + DOP", poisson()))
write(toJSON(out, auto_unbox = TRUE, digits = NA, na = "null"), "zero_parts.json")
