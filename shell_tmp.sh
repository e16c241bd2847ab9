node scripts/kvmlab.mjs shell --profile "$1"
