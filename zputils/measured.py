"""Measured constants: masses in GeV (Review of Particle Physics: particle 1.1.0) and those of CODATA (scipy 1.17.1).

Written by `make tables` (publish/constants.py); `zputils.constants` has them under their symbols.
"""

MASSES = {'electron': 0.0005109989506900001,
 'muon': 0.10565837550000001,
 'tau': 1.7769300000000001,
 'proton': 0.9382720894300001,
 'neutron': 0.9395654219,
 'pi+': 0.13957039000000002,
 'pi0': 0.1349768,
 'K+': 0.49367700000000003,
 'K0': 0.497611,
 'eta': 0.547862,
 'rho': 0.7752600000000001,
 'omega': 0.78266,
 'phi': 1.01946,
 'D0': 1.86484,
 'D+': 1.86966,
 'Ds': 1.96835,
 'B+': 5.27941,
 'charm': 1.2730000000000001,
 'bottom': 4.186,
 'top': 172.6,
 'Z': 91.1879}

CONSTANTS = {'fine structure': 0.0072973525643,
 'Fermi [1/GeV^2]': 1.1663787e-05,
 'atomic mass [MeV]': 931.49410372,
 'Planck mass [GeV]': 1.22089e+19,
 'hbar [J s]': 1.0545718176461565e-34,
 'c [m/s]': 299792458.0,
 'e [C]': 1.602176634e-19,
 'Avogadro [1/mol]': 6.02214076e+23}
