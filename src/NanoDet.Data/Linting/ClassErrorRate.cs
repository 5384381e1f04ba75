namespace NanoDet.Data.Linting;

/// <summary>
/// How usual labels of a wrong class can be. People seldom give more than one object of ten another class (in ten test sets of which
/// everybody uses some, 0.15 to 10.1 % of the labels are wrong, 3.3 % on average: Northcutt, Athalye and Mueller, 2021). Where a model
/// doubts more classes than that, it is the model that confuses them, so the odds of all its doubts are lowered by the same factor
/// (Saerens, Latinne and Decaestecker, 2002).
/// </summary>
internal sealed class ClassErrorRate
{
    private const double MostWrong = 0.1;

    // One wrong label among few is no confusion.
    private const int OneLabel = 1;
    private const int Halvings = 50;

    private readonly double _odds;

    private ClassErrorRate(double odds) => _odds = odds;

    /// <summary>Finds the factor of the odds.</summary>
    /// <param name="labels">The number of labels.</param>
    /// <param name="doubts">For each label whose object a model sees as another class, how certain that is by the model alone.</param>
    public static ClassErrorRate Of(int labels, IReadOnlyCollection<double> doubts)
    {
        var most = (MostWrong * labels) + OneLabel;
        if (doubts.Sum() <= most)
        {
            return new(1);
        }

        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var odds = (low + high) / 2;
            (low, high) = doubts.Sum(new ClassErrorRate(odds).Of) > most ? (low, odds) : (odds, high);
        }

        return new(low);
    }

    /// <summary>How certain a doubt is, beside all others.</summary>
    /// <param name="doubt">How certain it is by the model alone, 0 to 1.</param>
    public double Of(double doubt) => _odds is 1 || doubt is 1 ? doubt : _odds * doubt / ((_odds * doubt) + 1 - doubt);
}
