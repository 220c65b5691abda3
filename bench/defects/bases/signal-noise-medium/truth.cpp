// Right: for each letter the longest window with at most K others.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int k;
    string s;
    cin >> k >> s;
    int best = 0;
    for (char letter = 'a'; letter <= 'z'; letter++) {
        int left = 0, others = 0;
        for (int right = 0; right < (int)s.size(); right++) {
            others += s[right] != letter;
            while (others > k) others -= s[left++] != letter;
            best = max(best, right - left + 1);
        }
    }
    cout << best << "\n";
}
