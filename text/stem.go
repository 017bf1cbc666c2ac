package text

// stemLength is how many characters of a word are its stem.
const stemLength = 4

// size takes the characters of a normal form one by one for Word.Letters and
// Word.Stem.
type size struct {
	letters int
	n       int    // of the first stemLength characters that came
	first   uint64 // their lower seven bits, eight apart, and above bit 32 the higher ones
}

func (z *size) add(r rune) {
	z.letters++
	if r >= 0x800 {
		z.letters++
	}
	if z.n < stemLength {
		z.first ^= uint64(r&0x7F)<<(8*z.n) ^ uint64(r>>7)<<(32+8*z.n)
		z.n++
	}
}

// begin takes the first ASCII characters, one a byte from the lowest on, zeros behind.
func (z *size) begin(chars uint64) { z.first = chars & (1<<(8*stemLength) - 1) }

// stem is a hash of the first characters, never 0.
func (z *size) stem() uint8 { return max(1, uint8(mix(z.first))) }

// sizeOf is the size of a whole normal form.
func sizeOf[T string | []byte](form T) (z size) {
	for _, r := range string(form) {
		z.add(r)
	}
	return z
}
