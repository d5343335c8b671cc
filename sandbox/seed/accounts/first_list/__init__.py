"""The accounts of the program's first list, which left it again before the coming review. All are invented."""

from sandbox.seed.accounts.first_list.tier_1 import FIRST_TIER_1
from sandbox.seed.accounts.first_list.tier_2 import FIRST_TIER_2
from sandbox.seed.accounts.first_list.tier_3 import FIRST_TIER_3

FIRST_LIST = (*FIRST_TIER_1, *FIRST_TIER_2, *FIRST_TIER_3)
