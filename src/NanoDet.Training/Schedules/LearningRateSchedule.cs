using NanoDet.Data.Configuration;

namespace NanoDet.Training.Schedules;

/// <summary>
/// The learning rate of every step, as a pure function: warm-up over the first steps, then a rule that is applied once per
/// epoch, as in the original with PyTorch's schedulers.
/// </summary>
/// <param name="Warmup">The first steps.</param>
/// <param name="Rule">The rule for the rate from epoch to epoch.</param>
/// <param name="StepsPerEpoch">Steps of one epoch.</param>
public sealed record LearningRateSchedule(WarmupConfiguration Warmup, LearningRateConfiguration Rule, int StepsPerEpoch)
{
    /// <summary>Returns the learning rate of a step.</summary>
    /// <param name="baseRate">The rate of the parameter group at the top of the schedule.</param>
    /// <param name="step">The step, from 0, counted over all epochs.</param>
    public double At(double baseRate, long step) => IsWarm(step) ? AfterWarmup(baseRate, step / StepsPerEpoch) : baseRate * WarmupFactor(step);

    private bool IsWarm(long step) => step > Warmup.Steps || Warmup.Steps == 0;

    private double WarmupFactor(long step)
    {
        var progress = (double)step / Warmup.Steps;
        return Warmup.Kind switch
        {
            WarmupKind.Linear => 1 - ((1 - progress) * (1 - Warmup.Ratio)),
            WarmupKind.Exponential => Math.Pow(Warmup.Ratio, 1 - progress),
            _ => Warmup.Ratio,
        };
    }

    private double AfterWarmup(double baseRate, long epoch)
    {
        if (Rule is CosineAnnealingConfiguration { ClosedForm: true } cosine)
        {
            return cosine.EtaMin + ((baseRate - cosine.EtaMin) * (1 + Math.Cos(Math.PI * Math.Min(epoch, cosine.TMax) / cosine.TMax)) / 2);
        }

        // PyTorch multiplies the current rate, so the last rate of the warm-up affects all later rates.
        var rate = Rule switch
        {
            ConstantConfiguration constant => baseRate * constant.Factor,
            LinearConfiguration linear => baseRate * linear.StartFactor,
            _ => baseRate,
        };
        for (var next = 1L; next <= epoch; next++)
        {
            rate = Next(baseRate, AtEndOfWarmup(baseRate, rate, next - 1), next);
        }

        return AtEndOfWarmup(baseRate, rate, epoch);
    }

    /// <summary>The rate at the end of an epoch: that of its last warm-up step if it has one, otherwise the rate at its beginning.</summary>
    private double AtEndOfWarmup(double baseRate, double rate, long epoch)
    {
        var last = Math.Min(((epoch + 1) * StepsPerEpoch) - 1, Warmup.Steps);
        return Warmup.Steps > 0 && last >= epoch * StepsPerEpoch ? baseRate * WarmupFactor(last) : rate;
    }

    /// <summary>The chainable form of PyTorch's schedulers: the rate of an epoch from that of the one before.</summary>
    private double Next(double baseRate, double rate, long epoch) => Rule switch
    {
        CosineAnnealingConfiguration cosine when (epoch - 1 - cosine.TMax) % (2 * cosine.TMax) == 0
            => rate + ((baseRate - cosine.EtaMin) * (1 - Math.Cos(Math.PI / cosine.TMax)) / 2),
        CosineAnnealingConfiguration cosine
            => ((1 + Math.Cos(Math.PI * epoch / cosine.TMax)) / (1 + Math.Cos(Math.PI * (epoch - 1) / cosine.TMax)) * (rate - cosine.EtaMin)) + cosine.EtaMin,
        MultiStepConfiguration steps => rate * Math.Pow(steps.Gamma, steps.Milestones.Count(milestone => milestone == epoch)),
        StepConfiguration steps => epoch % steps.StepSize == 0 ? rate * steps.Gamma : rate,
        ExponentialConfiguration exponential => rate * exponential.Gamma,
        ConstantConfiguration constant => epoch == constant.TotalEpochs ? rate / constant.Factor : rate,
        LinearConfiguration linear when epoch <= linear.TotalEpochs
            => rate * (1 + ((linear.EndFactor - linear.StartFactor)
                / ((linear.TotalEpochs * linear.StartFactor) + ((epoch - 1) * (linear.EndFactor - linear.StartFactor))))),
        PolynomialConfiguration polynomial when epoch <= polynomial.TotalEpochs
            => rate * Math.Pow((double)(polynomial.TotalEpochs - epoch) / (polynomial.TotalEpochs - epoch + 1), polynomial.Power),
        LinearConfiguration or PolynomialConfiguration => rate,
        WarmRestartsConfiguration restarts => Restarting(restarts, baseRate, epoch),
        _ => throw new NotSupportedException($"{Rule.GetType().Name} is not known"),
    };

    /// <summary>PyTorch computes this one from the epoch.</summary>
    private static double Restarting(WarmRestartsConfiguration rule, double baseRate, long epoch)
    {
        var length = (long)rule.FirstEpochs;
        for (; epoch >= length; length *= rule.Factor)
        {
            epoch -= length;
        }

        return rule.EtaMin + ((baseRate - rule.EtaMin) * (1 + Math.Cos(Math.PI * epoch / length)) / 2);
    }
}
