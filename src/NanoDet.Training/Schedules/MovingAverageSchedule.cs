namespace NanoDet.Training.Schedules;

/// <summary>The share of the newest weights in the moving average (the original's <c>ExpMovingAverager</c>).</summary>
public static class MovingAverageSchedule
{
    /// <summary>Returns the share of the new value after a step: almost 1 at first, <c>1 - decay</c> at the end.</summary>
    /// <param name="decay">The final share of the old value, such as 0.9998.</param>
    /// <param name="settling">The steps until the share is reached, such as 2000.</param>
    /// <param name="iteration">The step, from 0.</param>
    public static double NewWeight(double decay, double settling, long iteration) => (decay * Math.Exp(-(1 + iteration) / settling)) + (1 - decay);
}
