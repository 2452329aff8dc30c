using System.Collections.Immutable;

namespace Celadon.Lenses.Energy.Basic;

/// <summary>Basic energy: what runs whether or not anything is made.</summary>
/// <param name="Period">The months.</param>
/// <param name="Percent">How many percent of a day's intervals, the lowest, make its basic load.</param>
/// <param name="Price">
/// What a unit costs, by site; empty where neither spec nor bills say.
/// </param>
/// <param name="Meters">By meter: those that supply a site first, then in order of basic energy.</param>
public sealed record BasicReport(
    string Period, int Percent, ImmutableArray<BasicPrice> Price, ImmutableArray<BasicMeter> Meters);

/// <summary>What a unit of energy costs.</summary>
/// <param name="Site">The site; empty for the spec's price, which holds everywhere.</param>
/// <param name="Price">Money a unit ("GBP/kWh").</param>
/// <param name="Bills">How many entries of bills it is the mean of; 0 for a stated price.</param>
public sealed record BasicPrice(string Site, Figure Price, int Bills);

/// <summary>The basic energy of a meter.</summary>
/// <param name="Meter">Its id.</param>
/// <param name="Site">Its site; empty for none.</param>
/// <param name="Supply">True where it supplies the site; false for a sub-meter.</param>
/// <param name="Minutes">The step its readings come in.</param>
/// <param name="Zone">IANA zone of its days.</param>
/// <param name="Total">Energy of the period as far as it is known.</param>
/// <param name="Known">Share of the period that readings cover, percent.</param>
/// <param name="Working">On working days; null when no whole day is known.</param>
/// <param name="NonWorking">On other days; null when no whole day is known.</param>
/// <param name="Energy">Basic energy: basic load × hours known, of both kinds of day.</param>
/// <param name="Share">Its share of the total, percent.</param>
/// <param name="Cost">What it cost; null without a price.</param>
/// <param name="Under">Energy under the line of basic load: what is really drawn below it.</param>
/// <param name="UnderShare">Its share of the total, percent.</param>
/// <param name="Line">Energy under the spec's own line; null where it states none.</param>
/// <param name="LineShare">Its share of the total, percent.</param>
/// <param name="Kilowatt">
/// What one unit of load less, held all period, would spare: unit × hours of the period.
/// </param>
/// <param name="KilowattCost">What that is worth; null without a price.</param>
/// <param name="Months">Month by month.</param>
/// <param name="Saving">What holding the lowest month all period would have spared; null where fewer than
/// two months are known.</param>
public sealed record BasicMeter(
    string Meter, string Site, bool Supply, int Minutes, string Zone, Figure Total, Figure Known,
    BasicDays? Working, BasicDays? NonWorking, Figure? Energy, Figure? Share, Figure? Cost, Figure? Under,
    Figure? UnderShare, Figure? Line, Figure? LineShare, Figure Kilowatt, Figure? KilowattCost,
    ImmutableArray<BasicMonth> Months, BasicSaving? Saving);

/// <summary>Basic load and energy on days of one kind.</summary>
/// <param name="Load">Median over whole days of the mean of their lowest intervals.</param>
/// <param name="Days">How many whole days that is the median of.</param>
/// <param name="AllDays">How many days of the kind the period has.</param>
/// <param name="Lowest">How many of a day's intervals were taken on a day of 24 hours.</param>
/// <param name="Hours">Hours known on days of the kind.</param>
/// <param name="Energy">Load × hours.</param>
/// <param name="Total">All energy on days of the kind as far as it is known.</param>
/// <param name="Share">Basic energy's share of it, percent; null where it is not above zero.</param>
/// <param name="Under">Energy under the line of the load.</param>
/// <param name="Cost">What the basic energy cost; null without a price.</param>
public sealed record BasicDays(
    Figure Load, int Days, int AllDays, int Lowest, Figure Hours, Figure Energy, Figure Total, Figure? Share,
    Figure Under, Figure? Cost);

/// <summary>The basic load of a month.</summary>
/// <param name="Month">"2026-09".</param>
/// <param name="Working">On working days; null when no whole day is known.</param>
/// <param name="NonWorking">On other days; null when no whole day is known.</param>
public sealed record BasicMonth(string Month, Figure? Working, Figure? NonWorking);

/// <summary>What holding the lowest month's basic load would have spared.</summary>
/// <param name="WorkingMonth">The month with the lowest on working days; empty for none.</param>
/// <param name="NonWorkingMonth">The month with the lowest on other days; empty for none.</param>
/// <param name="Energy">Σ over months (load − lowest load) × hours known.</param>
/// <param name="Cost">What that is worth; null without a price.</param>
public sealed record BasicSaving(string WorkingMonth, string NonWorkingMonth, Figure Energy, Figure? Cost);
