"""What only the book needs: notes under figures, the catalogue's page, the interactive figure, HEPData."""
