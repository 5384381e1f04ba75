namespace NanoDet.Training.Schedules;

/// <summary>How much the newest weights count in the moving average (the original's <c>ExpMovingAverager</c>).</summary>
public static class MovingAverageSchedule
{
    /// <summary>Share of the new value after a step: almost all at first, <c>1 - decay</c> in the end.</summary>
    /// <param name="decay">Share of the old value in the end, such as 0.9998.</param>
    /// <param name="settling">Steps over which it comes to that, such as 2000.</param>
    /// <param name="iteration">The step, from 0.</param>
    public static double NewWeight(double decay, double settling, long iteration) => (decay * Math.Exp(-(1 + iteration) / settling)) + (1 - decay);
}
